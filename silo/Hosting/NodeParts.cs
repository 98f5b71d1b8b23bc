using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Silo.Identity;
using CrossBorderSoc.Silo.Peers;
using CrossBorderSoc.Silo.Settings;

namespace CrossBorderSoc.Silo.Hosting;

/// <summary>What is opened before a node is put together.</summary>
/// <param name="Settings">What the node is.</param>
/// <param name="Store">The stores of its homes.</param>
/// <param name="Identities">Its keys and secrets.</param>
/// <param name="Compartments">Shared by the folds.</param>
/// <param name="Time">Its clock.</param>
/// <param name="Outage">Whether its stores can write.</param>
/// <param name="Certificates">How it proves who it is; null on loopback only.</param>
internal sealed record NodeParts(
    NodeSettings Settings, IGridStore Store, DevelopmentIdentities Identities, CompartmentCache Compartments, TimeProvider Time,
    StoreOutage Outage, NodeCertificates? Certificates = null);
