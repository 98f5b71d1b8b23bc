namespace CrossBorderSoc.Tests.E2e.Residency;

/// <summary>A random text, or identifier, that is in one field of one sighting and nowhere else in the world.</summary>
/// <param name="Name">Of which field of what.</param>
/// <param name="Allowed">Where else than in Belgium it may be.</param>
/// <param name="IsStored">Whether Belgium took it in.</param>
/// <param name="Forms">What it looks like, in every encoding that is searched for.</param>
internal sealed record Canary(string Name, Place Allowed, bool IsStored, IReadOnlyList<Form> Forms);

/// <summary>One encoding of a canary.</summary>
/// <param name="Name">Which.</param>
/// <param name="Bytes">At least 8 bytes.</param>
internal readonly record struct Form(string Name, byte[] Bytes);
