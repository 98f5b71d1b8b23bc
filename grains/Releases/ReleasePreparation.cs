using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Encoding;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Grains.Trends;

namespace CrossBorderSoc.Grains.Releases;

/// <summary>Turns a release into what the hub's store applies: rows per observable and technique, as for a jurisdiction's own. Pure.</summary>
public static class ReleasePreparation
{
    /// <summary>
    /// Prepares a release of a home. Throws <see cref="InvalidDataException"/> when its bytes are damaged or a compartment is
    /// not of that jurisdiction: a home speaks for itself only. <paramref name="appliedAt"/>: Unix milliseconds UTC.
    /// </summary>
    public static PreparedRelease Prepare(Home source, Release release, long appliedAt)
    {
        var compartments = ReadCompartments(source, release);
        var batch = release.Statements;
        var count = batch?.Count ?? 0;
        var items = new PreparedItem[count];
        var fragments = new List<PreparedFragment>(count);
        var bytes = new ByteWriter(count * 64);
        var trends = new TrendFragments(fragments, bytes);
        for (int i = 0, start = 0; i < count; start = batch!.Ends[i], i++)
        {
            var item = new SightingItem(batch!.Item(i).Span);
            if (item.MarkingIndex >= compartments.Length) throw ByteReader.Damaged();
            var first = fragments.Count;
            AddFragments(fragments, bytes, i, item, compartments[item.MarkingIndex]);
            if (item.NamesTechniques) trends.Add(i, item, item.ReadDetails(), CompartmentCodec.Read(compartments[item.MarkingIndex]));
            items[i] = new(default, 0, 0, start, batch.Ends[i] - start, first, fragments.Count - first);
        }
        return new(source, new(release.LedgerId, release.Epoch), release.From, release.To, Header(source, appliedAt),
            release.Compartments, batch?.Content ?? default, items, [.. fragments], bytes.Detach());
    }

    private static byte[][] ReadCompartments(Home source, Release release)
    {
        if (release.Statements is null) return [];
        var compartments = ReleasedStatements.ReadCompartments(release.Compartments.Span);
        foreach (var compartment in compartments)
            if (CompartmentCodec.Read(compartment).Jurisdiction != source.Code) throw ByteReader.Damaged();
        return compartments;
    }

    private static void AddFragments(
        List<PreparedFragment> fragments, ByteWriter bytes, int index, in SightingItem item, byte[] compartment)
    {
        Span<Digest> subjects = stackalloc Digest[Bounds.SightingObservablesMax];
        if (item.ObservableCount is 0 or > Bounds.SightingObservablesMax) throw ByteReader.Damaged();
        item.Digests(subjects);
        var at = bytes.Length;
        Fragment.Write(bytes, index, item, compartment);
        foreach (var subject in subjects[..item.ObservableCount])
            fragments.Add(new(SubjectFamily.Indicator, subject, at, bytes.Length - at));
    }

    private static byte[] Header(Home source, long appliedAt) =>
        new RecordHeader(RecordOperation.Sightings, "", source.Code, 0, appliedAt).ToBytes();
}
