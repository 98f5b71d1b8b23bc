using CrossBorderSoc.Tests.Bench.Driving;
using CrossBorderSoc.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace CrossBorderSoc.Tests.Bench.Checking;

/// <summary>Asks a node for indicators as an organisation.</summary>
internal sealed class GridReader : IDisposable
{
    private readonly GrpcChannel _channel;
    private readonly AnalysisService.AnalysisServiceClient _client;
    private readonly Metadata _headers;

    public GridReader(ServerProcess server, string organisation)
    {
        Organisation = organisation;
        _channel = GrpcChannel.ForAddress(server.Address);
        _client = new(_channel);
        _headers = new() { { "authorization", "Bearer " + server.TokenOf(organisation) } };
    }

    /// <summary>Who asks.</summary>
    public string Organisation { get; }

    /// <summary>The view of an indicator, or null when nothing is visible.</summary>
    public async Task<Indicator?> View(string type, string value)
    {
        try
        {
            var request = new GetIndicatorRequest { Observable = new() { Type = type, Value = value } };
            return (await _client.GetIndicatorAsync(request, _headers)).Indicator;
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.NotFound)
        {
            return null;
        }
    }

    public void Dispose() => _channel.Dispose();
}
