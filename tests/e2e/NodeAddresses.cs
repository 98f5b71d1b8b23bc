using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace CrossBorderSoc.Tests.E2e;

/// <summary>Where a node of a test listens, and the environment that it believes to be in.</summary>
internal sealed record NodeAddresses(string Grpc, string Http, string Operator)
{
    public string Environment { get; init; } = "Development";

    /// <summary>The file of the node's certificate, if it is to have one.</summary>
    public string? Certificate { get; init; }

    /// <summary>Addresses on loopback that are free now: those of a demonstration that somebody runs beside the tests are not taken.</summary>
    public static NodeAddresses Free() => new(FreeUrl(), FreeUrl(), FreeUrl());

    /// <summary>Says so to a process that is to be started.</summary>
    public void Tell(ProcessStartInfo start)
    {
        (start.Environment["Gateway__Grpc"], start.Environment["Gateway__Http"]) = (Grpc, Http);
        if (Certificate is not null) start.Environment["Gateway__Certificate"] = Certificate;
        (start.Environment["Operator__Http"], start.Environment["ASPNETCORE_ENVIRONMENT"]) = (Operator, Environment);
    }

    private static string FreeUrl()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return "http://" + listener.LocalEndpoint;
    }
}
