namespace CrossBorderSoc.Gateway.Push;

/// <summary>What an organisation, a stream or all of them together hold of a <see cref="ByteBudget"/>.</summary>
/// <param name="bytesMax">The most that it may hold.</param>
internal sealed class Share(long bytesMax)
{
    /// <summary>Bytes held now. Touched under the budget's lock only.</summary>
    public long Held { get; set; }

    /// <summary>Whether so many more fit.</summary>
    public bool Fits(int bytes) => Held + bytes <= bytesMax;
}
