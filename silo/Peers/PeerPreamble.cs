using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Orleans.Serialization;

namespace CrossBorderSoc.Silo.Peers;

/// <summary>
/// What a silo says first on a connection: which silo it is. Orleans sends it, and sends to that silo by this connection from then on. Of the same
/// shape as Orleans' own type, which is not public; of it, only the address is read.
/// </summary>
[GenerateSerializer, Alias("crossbordersoc.peer-preamble")]
internal sealed class PeerPreamble
{
    /// <summary>The silo.</summary>
    [Id(2)]
    public SiloAddress? Silo { get; set; }
}

/// <summary>Reads what the peer says first, and lets nothing through before it is judged.</summary>
/// <param name="inner">What the peer sends.</param>
/// <param name="serializer">Reads it.</param>
/// <param name="demand">Throws when the peer may not be that silo.</param>
internal sealed class PreambleGuard(PipeReader inner, Serializer<PeerPreamble> serializer, Action<SiloAddress> demand) : PipeReader
{
    private const int BytesMax = 1024;
    private bool _isJudged;

    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        var result = await inner.ReadAsync(cancellationToken);
        Look(result.Buffer);
        return result;
    }

    public override bool TryRead(out ReadResult result)
    {
        if (!inner.TryRead(out result)) return false;
        Look(result.Buffer);
        return true;
    }

    public override void AdvanceTo(SequencePosition consumed) => inner.AdvanceTo(consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => inner.AdvanceTo(consumed, examined);

    public override void CancelPendingRead() => inner.CancelPendingRead();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    public override ValueTask CompleteAsync(Exception? exception = null) => inner.CompleteAsync(exception);

    // Its length in four bytes, then it. What is not whole yet is of no use to Orleans either, which reads on.
    private void Look(ReadOnlySequence<byte> buffer)
    {
        if (_isJudged || buffer.Length < sizeof(int)) return;
        Span<byte> head = stackalloc byte[sizeof(int)];
        buffer.Slice(0, sizeof(int)).CopyTo(head);
        var length = BinaryPrimitives.ReadInt32LittleEndian(head);
        if (length is <= 0 or > BytesMax) throw new ConnectionAbortedException($"A peer begins with {length} bytes; 1 to {BytesMax} are read.");
        if (buffer.Length < sizeof(int) + length) return;
        demand(serializer.Deserialize(buffer.Slice(sizeof(int), length))?.Silo
            ?? throw new ConnectionAbortedException("A peer does not say which silo it is."));
        _isJudged = true;
    }
}
