using CrossBorderSoc.Contracts.Observables;

namespace CrossBorderSoc.Gateway.Warninglists;

/// <summary>How the entries of a list are meant: the field <c>type</c> of MISP warninglists.</summary>
internal enum WarninglistKind
{
    /// <summary>The whole value.</summary>
    String,
    /// <summary>A host, and every host below it.</summary>
    Hostname,
    /// <summary>A network or an address.</summary>
    Cidr,
    /// <summary>Any part of the value, upper and lower case alike.</summary>
    Substring,
    /// <summary>A pattern that some part of the value matches.</summary>
    Regex,
}

/// <summary>A list of values that are common, so that seeing one says little.</summary>
/// <param name="File">The file that it was read from, for messages.</param>
/// <param name="Name">Its name, as analysts see it.</param>
/// <param name="Kind">How its entries are meant.</param>
/// <param name="Types">The types of observables that it is about; perhaps none that the grid knows.</param>
/// <param name="Entries">Its entries as written, none of them blank.</param>
internal sealed record Warninglist(
    string File, string Name, WarninglistKind Kind, ObservableTypeSet Types, IReadOnlyList<string> Entries)
{
    /// <summary>A message on one of its entries, counted from 1.</summary>
    public WarninglistsRefusedException Refuse(int entry, string problem) =>
        new(string.Create(null, $"{File}: entry {entry + 1} of \"list\": {problem}"));
}
