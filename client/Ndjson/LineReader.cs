using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace CrossBorderSoc.Client.Ndjson;

/// <summary>One line of bytes without its end. Valid until the next one is asked for.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Bytes">The bytes; empty when the line is too long.</param>
/// <param name="TooLong">Whether the line is over the bound; its bytes were skipped.</param>
internal readonly record struct ByteLine(long Number, ReadOnlyMemory<byte> Bytes, bool TooLong);

/// <summary>Splits a stream into lines in bounded memory, whatever the stream holds.</summary>
internal static class LineReader
{
    public static async IAsyncEnumerable<ByteLine> ReadAsync(
        PipeReader pipe, int lineBytesMax, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var number = 1L;
        var skipping = false;
        while (true)
        {
            var read = await pipe.ReadAsync(cancellation);
            var rest = read.Buffer;
            while (rest.PositionOf((byte)'\n') is { } end)
            {
                yield return Line(number++, rest.Slice(0, end), skipping, lineBytesMax);
                skipping = false;
                rest = rest.Slice(rest.GetPosition(1, end));
            }
            if (read.IsCompleted)
            {
                if (skipping || !rest.IsEmpty) yield return Line(number, rest, skipping, lineBytesMax);
                yield break;
            }
            skipping |= rest.Length > lineBytesMax;
            pipe.AdvanceTo(skipping ? rest.End : rest.Start, rest.End);
        }
    }

    private static ByteLine Line(long number, ReadOnlySequence<byte> bytes, bool skipping, int lineBytesMax)
    {
        if (skipping || bytes.Length > lineBytesMax) return new(number, default, TooLong: true);
        return new(number, bytes.IsSingleSegment ? bytes.First : bytes.ToArray(), TooLong: false);
    }
}
