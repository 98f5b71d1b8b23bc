namespace CrossBorderSoc.Gateway.Push;

/// <summary>What an organisation, a stream or all of them together hold of a <see cref="ByteBudget"/>.</summary>
/// <param name="bytesMax">The most that it may hold.</param>
internal sealed class Share(long bytesMax)
{
    /// <summary>Bytes held now. Touched under the budget's lock only, as is all that follows.</summary>
    public long Held { get; set; }

    /// <summary>Bytes that have arrived and wait to be held.</summary>
    public long Waiting { get; set; }

    /// <summary>Whether so many more may be held.</summary>
    public bool Fits(int bytes) => Held + bytes <= bytesMax;

    /// <summary>Whether so many more may arrive.</summary>
    public bool HasRoom(long bytes) => Held + Waiting + bytes <= bytesMax;
}
