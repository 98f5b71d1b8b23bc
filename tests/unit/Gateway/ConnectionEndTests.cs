using CrossBorderSoc.Gateway;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Gateway;

/// <summary>A client that holds a connection open does not hold up a node that stops.</summary>
public sealed class ConnectionEndTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly ApplicationLifetime _lifetime = new(NullLogger<ApplicationLifetime>.Instance);
    private readonly DefaultConnectionContext _connection = new("held");

    [Fact]
    public async Task Connection_HeldOpen_EndsAWhileAfterTheStopAndNotBefore()
    {
        var held = Serve();
        _time.Advance(TimeSpan.FromDays(1));
        IsOpen.ShouldBeTrue("a node that runs ends nothing");
        _lifetime.StopApplication();
        _time.Advance(ConnectionEnd.Within - TimeSpan.FromTicks(1));
        IsOpen.ShouldBeTrue("acknowledgements may be under way");
        _time.Advance(TimeSpan.FromTicks(1));
        await held;
    }

    [Fact]
    public async Task Connection_OpenedWhileTheNodeStops_EndsLikewise()
    {
        _lifetime.StopApplication();
        var held = Serve();
        IsOpen.ShouldBeTrue();
        _time.Advance(ConnectionEnd.Within);
        await held;
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private bool IsOpen => !_connection.ConnectionClosed.IsCancellationRequested;

    private Task Serve() => new ConnectionEnd(_lifetime, _time).Before(connection =>
    {
        var closed = new TaskCompletionSource();
        connection.ConnectionClosed.Register(closed.SetResult);
        return closed.Task.WaitAsync(TimeSpan.FromSeconds(30));
    })(_connection);
}
