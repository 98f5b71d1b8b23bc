using System.Threading.Channels;
using CrossBorderSoc.Contracts.Observables;

namespace CrossBorderSoc.Grains.Ledger;

/// <summary>
/// Which subjects of a home have grown by about <see cref="RowsPerSnapshot"/> rows, so that a snapshot is due. Kept in 64 KiB of
/// memory only: subjects share counters, a restart forgets, and past <see cref="WaitingMax"/> names the next is dropped and comes
/// again after as many rows. So a name is a hint, and whoever takes it looks how many rows there are.
/// </summary>
public sealed class GrownSubjects
{
    /// <summary>A snapshot is due past so many rows. Design, section 5, point 7.</summary>
    public const int RowsPerSnapshot = 256;

    /// <summary>So many names wait at most.</summary>
    public const int WaitingMax = 1_024;

    // A counter is due when it is back at zero.
    private readonly byte[] _rows = new byte[1 << 16];
    private readonly List<SubjectName> _due = [];
    private readonly Channel<SubjectName> _waiting = Channel.CreateBounded<SubjectName>(WaitingMax);

    /// <summary>Counts a row that is about to be written. Used by the writer's thread, as <see cref="Publish"/> is.</summary>
    public void AddRow(SubjectFamily family, in Digest subject)
    {
        if (++_rows[(ushort)subject.A] == 0) _due.Add(new(family, subject));
    }

    /// <summary>The rows can be read: who has grown by them may be named.</summary>
    public void Publish()
    {
        foreach (var subject in _due) _waiting.Writer.TryWrite(subject);
        _due.Clear();
    }

    /// <summary>The next subject that has grown; waits for one.</summary>
    public ValueTask<SubjectName> Next(CancellationToken cancellation) => _waiting.Reader.ReadAsync(cancellation);
}

/// <summary>A subject of a home.</summary>
public readonly record struct SubjectName(SubjectFamily Family, Digest Digest);
