namespace CrossBorderSoc.Silo.Redis;

/// <summary>Which homes cannot write, so that a node is told once of the first and once when all can again.</summary>
internal sealed class OutageBoard(Action<string?> tell)
{
    private readonly Lock _gate = new();
    private readonly HashSet<object> _out = [];

    /// <summary>A home cannot write.</summary>
    public void Out(object home, string reason)
    {
        lock (_gate)
        {
            if (_out.Add(home) && _out.Count == 1) tell(reason);
        }
    }

    /// <summary>A home can write.</summary>
    public void Back(object home)
    {
        lock (_gate)
        {
            if (_out.Remove(home) && _out.Count == 0) tell(null);
        }
    }
}
