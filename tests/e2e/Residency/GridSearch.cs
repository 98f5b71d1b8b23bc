using System.Text;

namespace CrossBorderSoc.Tests.E2e.Residency;

/// <summary>Looks for Belgium's canaries wherever a grid has left anything, and judges what is found by where it may be.</summary>
internal sealed class GridSearch(StateGrid grid, Belgium belgium)
{
    private readonly Searching _searching = new(belgium.Canaries);
    private readonly List<string> _leaks = [];
    private readonly List<string> _missing = [];

    /// <summary>What is where it may not be, in words.</summary>
    public IEnumerable<string> Leaks => _leaks;

    /// <summary>What is not where it must be: the control of the search.</summary>
    public IEnumerable<string> Missing => _missing;

    /// <summary>How many canaries are looked for.</summary>
    public int Canaries => belgium.Canaries.Count;

    /// <summary>How many bytes were searched.</summary>
    public long Bytes => _searching.Bytes;

    /// <summary>Belgium's own store and memory, while it is alive: everything that it took in is there.</summary>
    public void Home()
    {
        var all = belgium.Canaries.Where(canary => canary.IsStored).ToList();
        Control("Belgium's files", Files(StateGrid.Be), all);
        Control("Belgium's memory", Memory(StateGrid.Be), all);
    }

    /// <summary>Stores, memory images, logs and traces of the others, logs and trace of Belgium, and what went between all of them.</summary>
    public void Others()
    {
        SearchNode(StateGrid.Hub, Place.Hub, Place.HubStore);
        SearchNode(StateGrid.De, Place.De, Place.DeStore);
        SearchNode(StateGrid.Gateway, Place.Gateway, Place.None);
        foreach (var node in (string[])[StateGrid.Hub, StateGrid.De, StateGrid.Gateway, StateGrid.Be])
        {
            Text($"log of {node}", [grid[node].Output]);
            if (!grid[node].Output.Contains("Orleans.Runtime", StringComparison.Ordinal)) _missing.Add($"what Orleans says in the log of {node}");
            Judge($"trace of {node}", Place.None, Files([grid.TraceOf(node)]));
            if (new FileInfo(grid.TraceOf(node)).Length < 100_000) _missing.Add($"what happens in the trace of {node}");
        }
        foreach (var (one, other, bytes) in grid.Wires())
        {
            var found = new Findings();
            _searching.Search(bytes, found);
            Judge($"wire between {one} and {other}", AtBothEnds(one, other), found);
        }
    }

    /// <summary>Texts in which nothing may be.</summary>
    public void Text(string where, IEnumerable<string> texts)
    {
        var found = new Findings();
        foreach (var text in texts) _searching.Search(Encoding.UTF8.GetBytes(text), found);
        Judge(where, Place.None, found);
    }

    // What must be there is what is asked for, through the gateway; Germany's home and the hub are told the value.
    private void SearchNode(string node, Place inMemory, Place inStore)
    {
        var (memory, files) = (Memory(node), Files(node));
        Judge($"memory of {node}", inMemory, memory);
        Judge($"files of {node}", inStore, files);
        Control($"memory of {node}", memory, belgium.Canaries.Where(canary => canary.Name == "full, value"));
        if (inStore != Place.None) Control($"files of {node}", files, belgium.Canaries.Where(canary => canary.Name == "green, value"));
        if (node == StateGrid.Gateway) Control($"memory of {node}", memory, belgium.Canaries.Where(canary => canary.Name == "full, source_ref"));
    }

    // What goes between two nodes may be at both. To whoever is no node of the grid nothing goes.
    private static Place AtBothEnds(string one, string other) => one.Length == 0 || other.Length == 0 ? Place.None : Of(one) | Of(other);

    // At home everything may be, so it adds no condition.
    private static Place Of(string node) => node switch
    {
        StateGrid.Hub => Place.Hub,
        StateGrid.De => Place.De,
        StateGrid.Gateway => Place.Gateway,
        _ => Place.None,
    };

    private void Judge(string where, Place places, Findings found)
    {
        foreach (var (canary, forms) in found.All)
            if (places == Place.None || !canary.Allowed.HasFlag(places)) _leaks.Add($"{where}: {canary.Name} ({forms})");
    }

    private void Control(string where, Findings found, IEnumerable<Canary> canaries) =>
        _missing.AddRange(canaries.Where(canary => !found.Has(canary)).Select(canary => $"{where}: {canary.Name}"));

    private Findings Memory(string node)
    {
        var found = new Findings();
        ProcessMemory.Search(grid[node].Id, _searching, found);
        return found;
    }

    private Findings Files(string node) => Files(grid.FilesOf(node));

    private Findings Files(IEnumerable<string> files)
    {
        var found = new Findings();
        foreach (var file in files)
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            _searching.Search(stream, found);
        }
        return found;
    }
}
