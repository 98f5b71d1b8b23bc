namespace CrossBorderSoc.Client.Rendering;

/// <summary>A view as rows of text: what two views have in common to be set side by side.</summary>
/// <param name="Title">What is shown; already safe to print.</param>
/// <param name="Days">Counts by day, for the sparkline.</param>
/// <param name="Sections">The rest, in the order of the page.</param>
internal sealed record Sheet(string Title, SortedDictionary<long, ulong> Days, IReadOnlyList<Section> Sections);

/// <summary>Rows under one heading. A heading without rows is not shown. The note is a word on the whole, or empty.</summary>
internal sealed record Section(string Title, IReadOnlyList<Row> Rows, string Note = "");

/// <summary>One row; rows of two sheets with equal keys stand beside each other. Both texts are safe to print.</summary>
internal sealed record Row(string Key, string Text);
