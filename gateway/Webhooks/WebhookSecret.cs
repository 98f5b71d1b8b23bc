using System.Collections.Immutable;

namespace CrossBorderSoc.Gateway.Webhooks;

/// <summary>
/// The secrets of a webhook: a file of one to three lines, each <c>whsec_</c> and the base64 of 32 to 128 bytes. Every delivery is signed with all
/// of them, so that a target can change from one to the next.
/// </summary>
internal static class WebhookSecret
{
    private const string Prefix = "whsec_";
    private const int FileBytesMax = 1024;
    private const int SecretsMax = 3;
    private const int BytesMin = 32;
    private const int BytesMax = 128;

    /// <summary>Reads a file.</summary>
    /// <exception cref="IOException">It cannot be read, or holds something else. The text never repeats what it holds.</exception>
    public static ImmutableArray<byte[]> Read(string path)
    {
        if (new FileInfo(path).Length > FileBytesMax) throw Malformed();
        var lines = File.ReadAllLines(path).Select(line => line.Trim()).Where(line => line.Length > 0).ToList();
        if (lines.Count is 0 or > SecretsMax) throw Malformed();
        return [.. lines.Select(Parse)];
    }

    private static byte[] Parse(string line)
    {
        var bytes = new byte[FileBytesMax];
        if (!line.StartsWith(Prefix, StringComparison.Ordinal) || !Convert.TryFromBase64String(line[Prefix.Length..], bytes, out var length)
            || length is < BytesMin or > BytesMax)
            throw Malformed();
        return bytes[..length];
    }

    private static InvalidDataException Malformed() => new(string.Create(
        null, $"it must hold 1 to {SecretsMax} lines, each '{Prefix}' and the base64 of {BytesMin} to {BytesMax} bytes"));
}
