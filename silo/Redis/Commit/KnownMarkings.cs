using CrossBorderSoc.Contracts.Observables;

namespace CrossBorderSoc.Silo.Redis.Commit;

/// <summary>An owner's markings on an observable, as the server has them.</summary>
/// <param name="Digests">The markings.</param>
/// <param name="StoredBytes">The bytes in which they are kept, which only grow; 0 when they are not kept but were counted in the rows.</param>
/// <param name="NewestRow">Where they were counted: the position of the subject's newest row, 8 bytes, none without rows.</param>
internal sealed record KnownMarkings(ulong[] Digests, int StoredBytes, byte[] NewestRow);

/// <summary>An owner and an observable.</summary>
internal readonly record struct OwnedSubject(string Owner, Digest Digest);
