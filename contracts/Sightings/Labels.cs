namespace CrossBorderSoc.Contracts.Sightings;

/// <summary>Traffic Light Protocol 2.0 label (FIRST), ordered from widest to narrowest. Zero is not a label.</summary>
public enum Tlp : byte
{
    /// <summary>No label: a sighting without one is refused.</summary>
    Unspecified = 0,
    /// <summary>TLP:CLEAR, every organisation.</summary>
    Clear = 1,
    /// <summary>TLP:GREEN, the consortium, or the communities that the marking names.</summary>
    Green = 2,
    /// <summary>TLP:AMBER, receivers and their clients.</summary>
    Amber = 3,
    /// <summary>TLP:AMBER+STRICT, receivers only.</summary>
    AmberStrict = 4,
    /// <summary>TLP:RED, named persons and organisations only.</summary>
    Red = 5,
}

/// <summary>Permissible Actions Protocol label (MISP taxonomy PAP). It limits action and hides nothing.</summary>
public enum Pap : byte
{
    /// <summary>No label: the owner's default applies.</summary>
    Unspecified = 0,
    /// <summary>PAP:CLEAR, no restriction.</summary>
    Clear = 1,
    /// <summary>PAP:GREEN, active actions allowed.</summary>
    Green = 2,
    /// <summary>PAP:AMBER, passive cross-check only.</summary>
    Amber = 3,
    /// <summary>PAP:RED, non-detectable actions only.</summary>
    Red = 4,
}

/// <summary>What a statement says of its observables: sightings as in MISP, and what is said of incidents.</summary>
public enum SightingKind : byte
{
    /// <summary>Not said: refused.</summary>
    Unspecified = 0,
    /// <summary>They were seen.</summary>
    Positive = 1,
    /// <summary>They were seen and are harmless.</summary>
    FalsePositive = 2,
    /// <summary>They are no longer of use.</summary>
    Expiration = 3,
    /// <summary>No sighting: something is said of the incident that holds them (<see cref="Sightings.Contribution"/>).</summary>
    Contribution = 4,
}

/// <summary>Who a redacted statement is attributed to.</summary>
public enum Attribution : byte
{
    /// <summary>Not said: named for CLEAR and GREEN, jurisdiction otherwise (design 3.1).</summary>
    Unspecified = 0,
    /// <summary>The owner's organisation.</summary>
    Named = 1,
    /// <summary>The owner's jurisdiction only.</summary>
    Jurisdiction = 2,
}

/// <summary>How much of a statement a caller may see.</summary>
public enum DisclosureLevel : byte
{
    /// <summary>Nothing: the same answer as if it did not exist.</summary>
    None = 0,
    /// <summary>The whitelisted fields of design 3.1, times cut to the hour.</summary>
    Redacted = 1,
    /// <summary>Every field.</summary>
    Full = 2,
}
