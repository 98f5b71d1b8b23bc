using System.Globalization;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Scoring;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Contracts.Views;
using CsCheck;
using Shouldly;
using Xunit;
using M = CrossBorderSoc.Tests.Model;

namespace CrossBorderSoc.Tests.Unit.Disclosure;

/// <summary>The score by hand, by its laws, and against the model's over every age and type (docs/score.md).</summary>
public class ScoreTests
{
    private const long Day = 24 * Samples.Hour;

    private static readonly Gen<SourceTally> Rows = Gen.Select(
        Samples.One("a.be", "b.be", "c.de", "BE", "DE", "FR"), Gen.Int[1, 3], Gen.Byte[0, 100],
        Gen.OneOf(Gen.Long[-26, 400].Select(hours => hours * Samples.Hour), Gen.Long[0, 1_200 * Day]),
        (source, kind, confidence, age) => Row(source, (SightingKind)kind, confidence, age));

    private static readonly Gen<SourceTally[]> Views =
        Rows.Array[1, 14].Select(rows => rows.DistinctBy(row => (row.Source, row.Kind)).ToArray());

    [Theory]
    [InlineData("a.be + 80 0", 80, 80, 0)]
    [InlineData("a.be + 80 14", 40, 40, 0)]
    [InlineData("a.be + 80 7", 60, 60, 0)]
    [InlineData("a.be + 80 28", 20, 20, 0)]
    [InlineData("a.be + 0 0", 50, 50, 0)]
    [InlineData("a.be + 100 0", 100, 100, 0)]
    [InlineData("a.be + 80 0, c.de + 50 0", 90, 90, 0)]
    [InlineData("a.be + 80 0, c.de - 60 0", 20, 80, 60)]
    [InlineData("a.be + 80 0, c.de x 60 0", 50, 80, 30)]
    [InlineData("a.be + 30 0, c.de - 60 0", 0, 30, 60)]
    [InlineData("a.be + 80 1, a.be - 60 0", 0, 0, 60)]
    [InlineData("a.be + 80 0, a.be - 60 1", 80, 80, 0)]
    [InlineData("a.be + 80 0, a.be x 90 0, a.be - 60 0", 0, 0, 60)]
    [InlineData("a.be + 80 0, BE + 50 0, DE + 50 0", 90, 90, 0)]
    [InlineData("a.be - 10 0, BE + 50 0", 0, 0, 10)]
    public void Score_ByHand(string rows, int score, int support, int doubt)
    {
        var view = View([.. rows.Split(", ").Select(Row)]);
        var of = Of(view);
        (of.Value, of.Support, of.Doubt).ShouldBe((score, support, doubt));
    }

    [Fact]
    public void Score_OnWarninglist_IsAQuarter() =>
        IndicatorScore.Of(View(Row("a.be + 80 0")), ObservableType.Ipv4Addr, Samples.Noon, isOnWarninglist: true).Value.ShouldBe(20);

    [Fact]
    public void Score_OfNothing_IsNothing() => Of(IndicatorView.Empty).ShouldBe(default(IndicatorScore));

    [Fact]
    public void Score_ChangesAtFullHoursOnly()
    {
        var view = View(Row("a.be", SightingKind.Positive, 77, 3 * Day + 5));
        var hour = IndicatorScore.Of(view, ObservableType.Url, Samples.Noon, false);
        IndicatorScore.Of(view, ObservableType.Url, Samples.Noon + Samples.Hour - 1, false).ShouldBe(hour);
    }

    [Fact]
    public void Score_IsTheModels_OverEveryAgeAndType() =>
        Gen.Select(Views, Samples.One(ObservableTypes.All.ToArray()), Gen.Bool).Sample((rows, type, warned) =>
        {
            var score = IndicatorScore.Of(View(rows), type, Samples.Noon, warned);
            var model = M.Scoring.Score.Of(
                ObservableTypes.NameOf(type), [.. rows.Select(Form)], ModelMapping.Instant(Samples.Noon), warned);
            (score.Value, score.Support, score.Doubt, score.VoicesFor, score.VoicesAgainst).ShouldBe(
                (model.Value, model.Support, model.Doubt, model.VoicesFor, model.VoicesAgainst));
        }, iter: 20_000);

    [Fact]
    public void Score_OfRowsInAnyOrder_IsTheSame() => Gen.Select(Views, Gen.Int).Sample((rows, seed) =>
    {
        var shuffled = rows.ToArray();
        new Random(seed).Shuffle(shuffled);
        Of(View(shuffled)).ShouldBe(Of(View(rows)));
    }, iter: 1_000);

    [Fact]
    public void Score_OfOneVoiceMore_ForNeverLowersAndAgainstNeverRaises() => Views.Sample(rows =>
    {
        var before = Of(View(rows)).Value;
        Of(View([.. rows, Row("new.lu", SightingKind.Positive, 60, Day)])).Value.ShouldBeGreaterThanOrEqualTo(before);
        Of(View([.. rows, Row("new.lu", SightingKind.FalsePositive, 60, Day)])).Value.ShouldBeLessThanOrEqualTo(before);
        Of(View([.. rows, Row("new.lu", SightingKind.Expiration, 60, Day)])).Value.ShouldBeLessThanOrEqualTo(before);
    }, iter: 1_000);

    private static IndicatorScore Of(IndicatorView view) =>
        IndicatorScore.Of(view, ObservableType.Ipv4Addr, Samples.Noon, isOnWarninglist: false);

    private static IndicatorView View(params SourceTally[] rows) => IndicatorView.Empty with { TalliesBySource = [.. rows] };

    // "source kind confidence age in days"; + positive, - false positive, x expired.
    private static SourceTally Row(string text)
    {
        var parts = text.Split(' ');
        var kind = parts[1] switch
        {
            "+" => SightingKind.Positive,
            "-" => SightingKind.FalsePositive,
            _ => SightingKind.Expiration,
        };
        return Row(parts[0], kind, byte.Parse(parts[2], CultureInfo.InvariantCulture), int.Parse(parts[3], CultureInfo.InvariantCulture) * Day);
    }

    private static SourceTally Row(string source, SightingKind kind, byte confidence, long age) => new(
        source, source.Contains('.'), kind, new(1, Samples.Noon - age, Samples.Noon - age, confidence),
        source[^2..].ToUpperInvariant());

    private static M.Disclosure.Form Form(SourceTally row) => new(
        M.Sightings.Level.Redacted, [], row.Kind.ToModel(), 1, ModelMapping.Instant(row.Tally.FirstSeen),
        ModelMapping.Instant(row.Tally.LastSeen), row.Tally.Confidence, M.Sightings.Tlp.Green, M.Sightings.Pap.Green, [],
        row.Jurisdiction, row.IsOrganisation ? row.Source : null, null, null);
}
