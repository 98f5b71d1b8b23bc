using CrossBorderSoc.Cli.Running;

namespace CrossBorderSoc.Cli.Pushing;

/// <summary>The file that is pushed, or the standard input.</summary>
internal sealed class InputFile : IDisposable
{
    private InputFile(Stream stream, long? length) => (Stream, Length) = (stream, length);

    public Stream Stream { get; }

    /// <summary>Its bytes; null for a stream whose end nobody knows.</summary>
    public long? Length { get; }

    /// <summary>Which part of it was read, 0 to 1; null for a stream whose end nobody knows.</summary>
    public double? Share => Length is { } length ? Stream.Position / Math.Max(1.0, length) : null;

    public static InputFile Open(string path, CliHost host)
    {
        if (path == "-") return new(host.OpenInput(), null);
        if (Directory.Exists(path)) throw new UsageException($"{path} is a folder; a file of NDJSON was expected.");
        if (!File.Exists(path)) throw new UsageException($"There is no file {path}.");
        var options = new FileStreamOptions { Options = FileOptions.SequentialScan | FileOptions.Asynchronous };
        var stream = new FileStream(path, options);
        return new(stream, stream.CanSeek ? stream.Length : null);
    }

    public void Dispose() => Stream.Dispose();
}
