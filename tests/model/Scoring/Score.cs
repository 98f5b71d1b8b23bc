using System.Numerics;
using CrossBorderSoc.Tests.Model.Disclosure;
using CrossBorderSoc.Tests.Model.Sightings;

namespace CrossBorderSoc.Tests.Model.Scoring;

/// <summary>The score of DESIGN 3.2 by the formula of docs/score.md, out of the forms that a caller sees.</summary>
public sealed record Score(int Value, int Support, int Doubt, int VoicesFor, int VoicesAgainst)
{
    private static readonly BigInteger Million = 1_000_000;

    /// <summary>The score at an instant.</summary>
    public static Score Of(
        string type, IReadOnlyList<Form> forms, DateTimeOffset at, bool isOnWarninglist = false)
    {
        var voices = VoicesOf(forms).ToList();
        var (positive, other) = (
            voices.Where(voice => voice.Kind == Kind.Positive).ToList(), voices.Where(voice => voice.Kind != Kind.Positive).ToList());
        var support = Together(positive.Select(voice => WeightOf(voice, type, at)));
        var doubt = Together(other.Select(voice => WeightOf(voice, type, at)));
        var net = BigInteger.Max(0, support - doubt);
        return new(
            Rounded(isOnWarninglist ? net / 4 : net), Rounded(support), Rounded(doubt), positive.Count, other.Count);
    }

    // "Ten statements of one source are one voice; a jurisdiction with a disclosed source adds no second, redacted voice."
    private static IEnumerable<Form> VoicesOf(IReadOnlyList<Form> forms)
    {
        foreach (var owner in forms.Where(form => form.Owner is not null).GroupBy(form => form.Owner))
            yield return Newest(owner);
        foreach (var jurisdiction in forms.Where(form => form.Owner is null).GroupBy(form => form.Jurisdiction))
            if (!forms.Any(form => form.Owner is not null && form.Jurisdiction == jurisdiction.Key))
                yield return Newest(jurisdiction);
    }

    // At one instant: what denies before what affirms, then the surer.
    private static Form Newest(IEnumerable<Form> forms) => forms.OrderBy(form => form.Last)
        .ThenBy(form => form.Kind switch { Kind.FalsePositive => 2, Kind.Expiration => 1, _ => 0 })
        .ThenBy(form => form.Confidence).Last();

    // In millionths.
    private static BigInteger WeightOf(Form voice, string type, DateTimeOffset at)
    {
        BigInteger weight = (voice.Confidence == 0 ? 50 : voice.Confidence) * 10_000;
        var halfLife = 24 * (type switch
        {
            "ipv4-addr" or "ipv6-addr" or "url" => 14,
            "email-addr" => 60,
            "file:md5" or "file:sha1" or "file:sha256" or "x509:sha256" => 365,
            _ => 30,
        });
        var age = (long)(Hours.Floor(at) - Hours.Floor(voice.Last)).TotalHours;
        if (age > 0)
        {
            var rest = age % halfLife;
            weight = weight * (2 * halfLife - rest) / (2 * halfLife);
            for (var halving = age / halfLife; halving > 0; halving--) weight /= 2;
        }
        return voice.Kind == Kind.Expiration ? weight / 2 : weight;
    }

    // In thousand-millionths.
    private static BigInteger Together(IEnumerable<BigInteger> weights)
    {
        BigInteger open = 1_000_000_000;
        // Rounded down after each, from the heaviest on: the same for the same weights in any order.
        foreach (var weight in weights.OrderDescending()) open = open * (Million - weight) / Million;
        return 1_000_000_000 - open;
    }

    private static int Rounded(BigInteger part) => (int)((part + 5_000_000) / 10_000_000);
}
