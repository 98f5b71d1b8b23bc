using CrossBorderSoc.Tests.Model;
using CrossBorderSoc.Tests.Model.Disclosure;
using CrossBorderSoc.Tests.Model.Loading;
using CrossBorderSoc.Tests.Model.Sightings;

namespace CrossBorderSoc.Tests.Chaos.Load;

/// <summary>Everything that was sent, and whether it was acknowledged, by value; what is possible to be shown follows from it.</summary>
internal sealed class Book
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Observable, List<Entry>> _entries = [];
    private readonly World _policy;

    public Book(string consortium) => _policy = new World([Consortium.Load(consortium)], [], DateTimeOffset.MaxValue);

    /// <summary>The organisations that ask and watch.</summary>
    public static readonly IReadOnlyList<string> Askers = ["nsoc.be", "energy.be", "nsoc.de", "enisa"];

    /// <summary>An organisation's.</summary>
    public string JurisdictionOf(string organisation) => _policy.Versions[0].Find(organisation)!.Jurisdiction;

    /// <summary>Puts down what is about to be sent.</summary>
    public Entry Add(Sighting sighting)
    {
        var forms = new Dictionary<string, Form>(StringComparer.Ordinal);
        foreach (var asker in Askers)
            if (Form.Of(_policy, sighting, new Caller(asker), DateTimeOffset.MaxValue) is { } form) forms[asker] = form;
        var entry = new Entry(sighting, JurisdictionOf(sighting.Owner), forms);
        lock (_gate)
            foreach (var observable in sighting.Observables)
            {
                if (!_entries.TryGetValue(observable, out var list)) _entries[observable] = list = [];
                list.Add(entry);
            }
        return entry;
    }

    /// <summary>The sightings of a value, as of now.</summary>
    public IReadOnlyList<Entry> Of(Observable observable)
    {
        lock (_gate) return _entries.TryGetValue(observable, out var list) ? [.. list] : [];
    }

    /// <summary>All values that were sent.</summary>
    public IReadOnlyList<Observable> Values
    {
        get { lock (_gate) return [.. _entries.Keys]; }
    }

    /// <summary>By jurisdiction and kind the sum of counts that somebody may be shown of a value.</summary>
    public Dictionary<(string Jurisdiction, Kind Kind), ulong> Sums(Observable observable, string asker, bool acknowledged)
    {
        var sums = new Dictionary<(string, Kind), ulong>();
        foreach (var entry in Of(observable))
        {
            if (entry.To(asker) is not { } form || !form.Observables.Contains(observable) || (acknowledged && !entry.IsAcknowledged)) continue;
            var key = (entry.Jurisdiction, form.Kind);
            sums[key] = sums.GetValueOrDefault(key) + form.Count;
        }
        return sums;
    }
}
