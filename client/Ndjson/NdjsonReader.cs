using System.IO.Compression;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace CrossBorderSoc.Client.Ndjson;

/// <summary>Reads the grid's NDJSON (docs/ndjson.md): one sighting a line, UTF-8, plain or gzip.</summary>
public static class NdjsonReader
{
    /// <summary>Most bytes of one line (1 MiB); a longer one is refused, and the reader goes on behind it.</summary>
    public const int LineBytesMax = 1024 * 1024;

    private const int ReadBytes = 64 * 1024;

    // Without it the framework takes a gzip file that is cut short for a whole one, and rows would be missing unseen.
    static NdjsonReader() => AppContext.SetSwitch("System.IO.Compression.UseStrictValidation", true);

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>
    /// The rows of a stream in its order, read as they are asked for; blank lines are skipped. A bad line is a row with a
    /// refusal and ends nothing. gzip is recognised by its first two bytes.
    /// </summary>
    /// <exception cref="InvalidDataException">The gzip data is damaged.</exception>
    public static async IAsyncEnumerable<NdjsonRow> ReadAsync(
        Stream stream, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var raw = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: ReadBytes, leaveOpen: true));
        var pipe = await UnpackedAsync(raw, cancellation);
        await foreach (var line in LineReader.ReadAsync(pipe, LineBytesMax, cancellation))
            if (Row(line) is { } row)
                yield return row;
    }

    /// <summary>Reads one line. Null when it is blank.</summary>
    /// <param name="number">Its number, from 1, for messages.</param>
    /// <param name="bytes">UTF-8 without the line's end.</param>
    public static NdjsonRow? Parse(long number, ReadOnlyMemory<byte> bytes) => Row(new(number, bytes, TooLong: false));

    private static NdjsonRow? Row(ByteLine line)
    {
        if (line.TooLong) return Refused(line.Number, "", "LINE_TOO_LONG", $"The line is over {LineBytesMax} bytes.");
        var bytes = line.Bytes.Span;
        if (line.Number == 1 && bytes.StartsWith(ByteOrderMark)) bytes = bytes[ByteOrderMark.Length..];
        bytes = bytes.Trim(" \t\r"u8);
        if (bytes.IsEmpty) return null;
        try
        {
            var parsed = JsonSerializer.Deserialize(bytes, SightingLineContext.Default.SightingLine);
            return parsed is null
                ? Refused(line.Number, "", "INVALID_JSON", "The line is null; an object was expected.")
                : SightingMapper.Map(line.Number, parsed);
        }
        catch (JsonException e)
        {
            return JsonFault.Explain(line.Number, e);
        }
    }

    internal static NdjsonRow Refused(long line, string field, string reason, string message) =>
        new(line, "", null, new Refusal(line, "", field, reason, message));

    private static async Task<PipeReader> UnpackedAsync(PipeReader raw, CancellationToken cancellation)
    {
        var start = await raw.ReadAtLeastAsync(2, cancellation);
        var packed = start.Buffer.Length >= 2 && IsGzip(start.Buffer.Slice(0, 2));
        raw.AdvanceTo(start.Buffer.Start);
        return packed
            ? PipeReader.Create(new GZipStream(raw.AsStream(), CompressionMode.Decompress), new(bufferSize: ReadBytes))
            : raw;
    }

    private static bool IsGzip(System.Buffers.ReadOnlySequence<byte> two)
    {
        var reader = new System.Buffers.SequenceReader<byte>(two);
        return reader.TryRead(out var first) && reader.TryRead(out var second) && first == 0x1F && second == 0x8B;
    }
}
