using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Contracts.Sightings;

namespace CrossBorderSoc.Grains.Consortium;

/// <summary>The words that a consortium's files use, and what they stand for.</summary>
internal static class Words
{
    public static readonly Dictionary<string, OrganisationKind> OrganisationKinds = new(StringComparer.Ordinal)
    {
        ["national-soc"] = OrganisationKind.NationalSoc,
        ["csirt"] = OrganisationKind.Csirt,
        ["isac"] = OrganisationKind.Isac,
        ["essential-entity"] = OrganisationKind.EssentialEntity,
        ["eu-body"] = OrganisationKind.EuBody,
    };

    public static readonly Dictionary<string, Pap> Paps = new(StringComparer.Ordinal)
    {
        ["clear"] = Pap.Clear,
        ["green"] = Pap.Green,
        ["amber"] = Pap.Amber,
        ["red"] = Pap.Red,
    };

    // No "red": an agreement never carries TLP:RED, and a file that says so would promise what does not happen.
    public static readonly Dictionary<string, Tlp> Ceilings = new(StringComparer.Ordinal)
    {
        ["clear"] = Tlp.Clear,
        ["green"] = Tlp.Green,
        ["amber"] = Tlp.Amber,
        ["amber+strict"] = Tlp.AmberStrict,
    };

    public static readonly Dictionary<string, DisclosureLevel> Levels = new(StringComparer.Ordinal)
    {
        ["redacted"] = DisclosureLevel.Redacted,
        ["full"] = DisclosureLevel.Full,
    };

    public static readonly Dictionary<string, SightingKind> Kinds = new(StringComparer.Ordinal)
    {
        ["positive"] = SightingKind.Positive,
        ["false-positive"] = SightingKind.FalsePositive,
        ["expiration"] = SightingKind.Expiration,
        ["contribution"] = SightingKind.Contribution,
    };

    public static readonly Dictionary<string, ObservableType> Types =
        ObservableTypes.All.ToDictionary(ObservableTypes.NameOf, StringComparer.Ordinal);
}
