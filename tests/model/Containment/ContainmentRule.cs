using CrossBorderSoc.Tests.Model.Disclosure;
using CrossBorderSoc.Tests.Model.Sightings;

namespace CrossBorderSoc.Tests.Model.Containment;

/// <summary>
/// DESIGN 3.2, containment: of what a caller sees, that within which a value lies. A function of the disclosed forms and the value.
/// </summary>
public sealed class ContainmentRule(SuffixList suffixes)
{
    public const int ParentsMost = 8;

    /// <summary>The visible containers, the most specific first.</summary>
    public IReadOnlyList<Observable> Of(Observable inner, IEnumerable<Form> forms) =>
        Among(inner, forms.SelectMany(form => form.Observables).Distinct());

    /// <summary>Which of some different observables a value lies within, the most specific first.</summary>
    public IReadOnlyList<Observable> Among(Observable inner, IEnumerable<Observable> outers) =>
        [.. outers.Where(outer => outer != inner && Contains(outer, inner)).OrderByDescending(Specificity)];

    private bool Contains(Observable outer, Observable inner) => outer.Type switch
    {
        "ipv4-addr" or "ipv6-addr" => inner.Type == "url" && Host.Of(inner) == outer.Value,
        "ipv4-cidr" or "ipv6-cidr" => Host.Of(inner) is { } host && IsWithin(outer, host),
        "domain-name" => Host.Of(inner) is { } host && IsUnder(outer.Value, host),
        _ => false,
    };

    // "an address in its CIDR indicators".
    private static bool IsWithin(Observable network, string host) =>
        Host.Network(host) is { } own && Host.Network(network.Value) is { } outer
        && outer.PrefixLength <= own.PrefixLength && outer.Contains(own.BaseAddress);

    // "a URL under its host, a host under its parents up to its registrable domain, an e-mail address under its domain".
    private bool IsUnder(string name, string host) => Host.Network(host) is null
        && (name == host
            || (host.EndsWith("." + name, StringComparison.Ordinal) && suffixes.RegistrableDomain(host) is { } registrable
                && ("." + name).EndsWith("." + registrable, StringComparison.Ordinal)
                && Labels(name) - Labels(registrable) < ParentsMost));

    private static int Specificity(Observable outer) => outer.Type.EndsWith("-cidr", StringComparison.Ordinal)
        ? Host.Network(outer.Value)!.Value.PrefixLength
        : outer.Type == "domain-name" ? Labels(outer.Value) : int.MaxValue;

    private static int Labels(string name) => name.Split('.').Length;
}
