using System.Collections.Immutable;
using CrossBorderSoc.Contracts;

namespace CrossBorderSoc.Silo.Settings;

/// <summary>Where a node's certificate lies, and whom it believes. All are PEM files, read again when they change.</summary>
/// <param name="Certificate">The node's certificate.</param>
/// <param name="Key">Its private key.</param>
/// <param name="Authority">Certificates of the authorities that are believed.</param>
/// <param name="Revoked">What they took back: a list of each.</param>
/// <param name="Clients">Homes of which a client of gRPC and HTTP must carry one.</param>
internal sealed record TlsSettings(string Certificate, string Key, string Authority, string Revoked, ImmutableArray<Home> Clients);
