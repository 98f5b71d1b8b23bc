namespace CrossBorderSoc.Grains.Consortium;

/// <summary>What is wrong so far: the first <see cref="ConsortiumInvalidException.ErrorsMax"/>.</summary>
internal sealed class ErrorList
{
    private readonly List<string> _errors = [];

    public bool IsEmpty => _errors.Count == 0;

    public void Add(string error)
    {
        if (_errors.Count < ConsortiumInvalidException.ErrorsMax) _errors.Add(error);
    }

    public void ThrowIfAny()
    {
        if (!IsEmpty) throw new ConsortiumInvalidException(_errors);
    }
}
