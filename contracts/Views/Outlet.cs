namespace CrossBorderSoc.Contracts.Views;

/// <summary>
/// Through what an answer leaves the grid. Part of the question, so that it holds where it is decided what may be seen, and no edge has to
/// take anything out afterwards.
/// </summary>
public enum Outlet : byte
{
    /// <summary>It is told to whoever asks, in that very call.</summary>
    Call = 0,
    /// <summary>It goes on to a machine without anybody asking for it there: a webhook, a TAXII collection, a MISP feed. TLP:RED never does, not
    /// even the owner's own (design 3.1.3), and it is no person's own call.</summary>
    Feed = 1,
}
