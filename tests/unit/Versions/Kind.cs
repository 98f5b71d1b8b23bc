namespace CrossBorderSoc.Tests.Unit.Versions;

/// <summary>A kind of durable record.</summary>
/// <param name="Name">Its name in <c>tests/data/versions/records</c>.</param>
/// <param name="Source">The file of the product that writes it; others with a semicolon.</param>
/// <param name="Sample">An example that has something in every part. Only ever replaced together with a new kept file.</param>
/// <param name="Bytes">The example as the present code writes it.</param>
/// <param name="Read">Reads one.</param>
internal sealed record Kind(string Name, string Source, object Sample, byte[] Bytes, Func<byte[], object> Read)
{
    /// <summary>Whether equal values have equal bytes; not so of what is sealed under a random nonce.</summary>
    public bool IsStable { get; init; } = true;

    /// <summary>Whether the first byte is a version.</summary>
    public bool IsVersioned { get; init; } = true;

    /// <summary>Something that is computed and only ever compared, such as a digest: its text.</summary>
    public static Kind Computed(string name, string source, params IEnumerable<string> lines)
    {
        var all = lines.ToArray();
        return new(name, source, all, Text(string.Join('\n', all)), bytes => System.Text.Encoding.UTF8.GetString(bytes).Split('\n'))
        {
            IsVersioned = false,
        };
    }

    public override string ToString() => Name;

    private static byte[] Text(string text) => System.Text.Encoding.UTF8.GetBytes(text);
}
