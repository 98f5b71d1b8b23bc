using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Net;
using CrossBorderSoc.Silo.Peers;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Serialization;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Peers;

/// <summary>Nothing of a peer is heard before it has said which silo it is, and may be.</summary>
public sealed class PreambleTests : IDisposable
{
    private static readonly SiloAddress Be = SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 7002), 1);

    private readonly ServiceProvider _services = new ServiceCollection().AddSerializer(
        builder => builder.AddAssembly(typeof(PeerPreamble).Assembly).AddAssembly(typeof(SiloAddress).Assembly)).BuildServiceProvider();

    private readonly Pipe _pipe = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Serializer<PeerPreamble> Serializer => _services.GetRequiredService<Serializer<PeerPreamble>>();

    public void Dispose() => _services.Dispose();

    [Fact]
    public async Task Peer_IsJudgedOnce_BeforeWhatItSaysIsHeard()
    {
        List<SiloAddress> judged = [];
        var guard = new PreambleGuard(_pipe.Reader, Serializer, judged.Add);
        var first = Framed(new() { Silo = Be });
        await Write(first[..7]);
        Examine(guard, await guard.ReadAsync(Cancellation));
        judged.ShouldBeEmpty("it has not said it yet");
        await Write(first[7..]);
        Examine(guard, await guard.ReadAsync(Cancellation));
        judged.ShouldBe([Be]);
        await Write(first);
        (await guard.ReadAsync(Cancellation)).Buffer.Length.ShouldBe(2 * first.Length, "nothing is taken away");
        judged.ShouldBe([Be]);
    }

    [Fact]
    public async Task Peer_ThatMayNotBeThatSilo_IsNotHeard()
    {
        var guard = new PreambleGuard(_pipe.Reader, Serializer, _ => throw new ConnectionAbortedException("refused"));
        await Write(Framed(new() { Silo = Be }));
        await Should.ThrowAsync<OperationCanceledException>(async () => await guard.ReadAsync(Cancellation));
    }

    [Fact]
    public async Task Peer_ThatSaysNoSilo_IsNotHeard()
    {
        var guard = new PreambleGuard(_pipe.Reader, Serializer, _ => { });
        await Write(Framed(new()));
        await Should.ThrowAsync<OperationCanceledException>(async () => await guard.ReadAsync(Cancellation));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1025)]
    public async Task Peer_ThatBeginsWithoutBound_IsNotHeard(int length)
    {
        var guard = new PreambleGuard(_pipe.Reader, Serializer, _ => { });
        var head = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(head, length);
        await Write(head);
        await Should.ThrowAsync<OperationCanceledException>(async () => await guard.ReadAsync(Cancellation));
    }

    [Fact]
    public void Name_ThatAConnectionSpeaksAgainst_IsNotBelieved()
    {
        using var authority = new TestAuthority();
        var certificate = authority.Issue(new());
        var peers = new ConnectedPeers();
        var peer = new ConnectedPeer(Be, certificate, PeerUse.Client, PeerIdentity.Of(certificate), new DefaultConnectionContext());
        peers.MayBe(Be, "DE/de-0").ShouldBeTrue("nothing is known");
        peers.Add(peer);
        peers.MayBe(Be, "BE/be-0").ShouldBeTrue();
        peers.MayBe(Be, "DE/be-0").ShouldBeFalse();
        peers.Remove(peer);
        peers.MayBe(Be, "DE/be-0").ShouldBeTrue();
        peers.All.ShouldBeEmpty();
    }

    private async Task Write(byte[] bytes) => await _pipe.Writer.WriteAsync(bytes, Cancellation);

    private static void Examine(PreambleGuard guard, ReadResult result) => guard.AdvanceTo(result.Buffer.Start, result.Buffer.End);

    private byte[] Framed(PeerPreamble preamble)
    {
        var body = Serializer.SerializeToArray(preamble);
        var framed = new byte[sizeof(int) + body.Length];
        BinaryPrimitives.WriteInt32LittleEndian(framed, body.Length);
        body.CopyTo(framed, sizeof(int));
        return framed;
    }
}
