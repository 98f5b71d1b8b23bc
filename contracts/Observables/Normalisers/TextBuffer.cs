using System.Buffers;

namespace CrossBorderSoc.Contracts.Observables.Normalisers;

/// <summary>Grows a text on the stack, and beyond that in a pooled array. Dispose it once.</summary>
internal ref struct TextBuffer(Span<char> initial)
{
    private Span<char> _chars = initial;
    private char[]? _rented;

    public int Length { get; private set; }

    public readonly Span<char> Written => _chars[..Length];

    public void Append(char c)
    {
        if (Length == _chars.Length) Grow(1);
        _chars[Length++] = c;
    }

    public void Append(scoped ReadOnlySpan<char> text)
    {
        if (text.Length > _chars.Length - Length) Grow(text.Length);
        text.CopyTo(_chars[Length..]);
        Length += text.Length;
    }

    public void Truncate(int length) => Length = length;

    /// <summary>The text: the very string given where it says the same.</summary>
    public readonly string ToString(string source) => Written.SequenceEqual(source) ? source : new string(Written);

    public void Dispose()
    {
        if (_rented is not null) ArrayPool<char>.Shared.Return(_rented);
        _rented = null;
    }

    private void Grow(int more)
    {
        var larger = ArrayPool<char>.Shared.Rent(Math.Max(_chars.Length * 2, Length + more));
        Written.CopyTo(larger);
        if (_rented is not null) ArrayPool<char>.Shared.Return(_rented);
        _chars = _rented = larger;
    }
}
