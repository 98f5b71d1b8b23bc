using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Runtime;

namespace CrossBorderSoc.Tests.Cluster;

/// <summary>A silo that has begun to start.</summary>
internal sealed class StartingSilo : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly CancellationTokenSource _givenUp = new();
    private readonly Task _starting;

    public StartingSilo(IHost host)
    {
        _host = host;
        _starting = Task.Run(() => host.StartAsync(_givenUp.Token));
    }

    /// <summary>Its address.</summary>
    public SiloAddress Address => _host.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress;

    /// <summary>Ends it, whatever it has come to.</summary>
    public async ValueTask DisposeAsync()
    {
        await _givenUp.CancelAsync();
        await _starting.ContinueWith(static _ => { }, TaskScheduler.Default);
        _host.Dispose();
        _givenUp.Dispose();
    }
}
