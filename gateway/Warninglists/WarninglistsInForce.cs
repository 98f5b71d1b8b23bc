namespace CrossBorderSoc.Gateway.Warninglists;

/// <summary>The lists that answers use now. Whoever makes one answer takes <see cref="Current"/> once.</summary>
/// <param name="first">Reads the first ones, when they are first needed.</param>
internal sealed class WarninglistsInForce(Func<WarninglistSet> first)
{
    private static readonly Lazy<WarninglistSet> ShippedOnce = new(() => new(WarninglistFiles.ReadArchive(WarninglistFiles.Shipped)));

    private volatile Lazy<WarninglistSet> _current = new(first);

    /// <summary>The lists that ship with the product, read once in a process.</summary>
    public static WarninglistsInForce Shipped() => new(() => ShippedOnce.Value);

    /// <summary>The lists of a directory.</summary>
    public static WarninglistsInForce Of(string directory) => new(() => new(WarninglistFiles.ReadDirectory(directory)));

    /// <summary>The lists in force.</summary>
    /// <exception cref="WarninglistsRefusedException">The first ones cannot be used.</exception>
    public WarninglistSet Current => _current.Value;

    /// <summary>Puts others in their place.</summary>
    public void Replace(WarninglistSet lists) => _current = new(lists);
}
