using Microsoft.AspNetCore.Connections;
using Orleans.Configuration;

namespace CrossBorderSoc.Silo.Peers;

/// <summary>Puts mutual TLS before a silo.</summary>
internal static class PeerSetup
{
    /// <summary>Adds it to both ends of connections between silos. There are no others: the silo has no gateway for Orleans clients.</summary>
    public static void AddPeers(this ISiloBuilder silo, NodeCertificates certificates)
    {
        silo.Services.AddSingleton(certificates).AddSingleton<SiloTls>().AddHostedService<PeerWatch>();
        silo.Configure<SiloConnectionOptions>(o =>
        {
            o.ConfigureSiloInboundConnection(connection => connection.Use(
                next => context => connection.ApplicationServices.GetRequiredService<SiloTls>().Answer(context, next)));
            o.ConfigureSiloOutboundConnection(connection => connection.Use(
                next => context => connection.ApplicationServices.GetRequiredService<SiloTls>().Open(context, next)));
        });
    }
}
