using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace CrossBorderSoc.Tests.E2e;

/// <summary>Where a node of a test listens, and the environment that it believes to be in.</summary>
internal sealed record NodeAddresses(string Grpc, string Http, string Operator)
{
    private const int PortFirst = 10_000;
    private const int Ports = 20_000;

    // Two runs at once begin at different ones.
    private static int _ports = System.Environment.ProcessId * 97 % Ports;

    public string Environment { get; init; } = "Development";

    /// <summary>The file of the node's certificate, if it is to have one.</summary>
    public string? Certificate { get; init; }

    /// <summary>More of the node's configuration, as environment variables.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Addresses on loopback that are free now: those of a demonstration that somebody runs beside the tests are not taken.</summary>
    public static NodeAddresses Free() => new(FreeUrl(), FreeUrl(), FreeUrl());

    /// <summary>Says so to a process that is to be started.</summary>
    public void Tell(ProcessStartInfo start)
    {
        (start.Environment["Gateway__Grpc"], start.Environment["Gateway__Http"]) = (Grpc, Http);
        if (Certificate is not null) start.Environment["Gateway__Certificate"] = Certificate;
        foreach (var (key, value) in Settings) start.Environment[key] = value;
        (start.Environment["Operator__Http"], start.Environment["ASPNETCORE_ENVIRONMENT"]) = (Operator, Environment);
    }

    /// <summary>An endpoint on loopback that is free now, for a node's silo.</summary>
    public static string FreeEndpoint() => new Uri(FreeUrl()).Authority;

    // Below those that the system gives to outgoing connections (32768 and above on Linux), each once: nobody takes one between this
    // look and the node's start.
    private static string FreeUrl()
    {
        while (true)
        {
            var port = PortFirst + Interlocked.Increment(ref _ports) % Ports;
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return "http://" + listener.LocalEndpoint;
            }
            catch (SocketException)
            {
                // Somebody else's.
            }
        }
    }
}
