namespace CrossBorderSoc.Tests.K8s.Rules;

/// <summary>Every rule of one rendered overlay.</summary>
internal static class AllRules
{
    /// <summary>What breaks it, told in words.</summary>
    public delegate IEnumerable<string> Rule(Manifests manifests);

    /// <summary>The rules by name.</summary>
    public static IReadOnlyDictionary<string, Rule> ByName { get; } = new Rule[]
    {
        RunningRules.ProbesTellTheTruth, RunningRules.ResourcesAreBounded, RunningRules.GraceIsLongerThanTheShutdown, RunningRules.SomeAlwaysRun,
        RunningRules.PodsAreSpreadWithinTheirHome, SafetyRules.PodsAreRestricted, SafetyRules.ImagesArePinned, SafetyRules.SecretsAreElsewhere,
        ReferenceRules.SelectorsSelect, ReferenceRules.ServicesLeadToPorts, ReferenceRules.VolumesAreMounted,
        ReferenceRules.EveryPodHasItsCertificate,
        SettingsRules.EverySettingIsKnown, SettingsRules.EveryNodeIsWhatItShallBe, SettingsRules.RedisKeepsWhatItAcknowledges,
    }.ToDictionary(rule => rule.Method.Name, StringComparer.Ordinal);
}
