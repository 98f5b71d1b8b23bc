using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Grains.Trends;

namespace CrossBorderSoc.Grains.Ledger;

/// <summary>Which subjects may have rows of records. Pure.</summary>
internal static class RecordSubjects
{
    /// <summary>The subjects.</summary>
    public static HashSet<SubjectName> Of(IEnumerable<LedgerRecord> records)
    {
        var named = new HashSet<SubjectName>();
        foreach (var record in records)
        {
            var owner = RecordHeader.Read(record.Header.Span).Owner;
            foreach (var bytes in record.Items)
            {
                if (bytes.IsEmpty) continue;
                var item = new SightingItem(bytes.Span);
                foreach (var observable in item.ReadObservables()) named.Add(new(SubjectFamily.Indicator, Digest.Of(observable)));
                if (!item.NamesAsset && !item.NamesTechniques) continue;
                var details = item.ReadDetails();
                named.UnionWith(TrendFragments.SubjectsOf(details));
                if (details.Asset is not { } asset) continue;
                named.Add(new(SubjectFamily.Asset, Digest.OfAsset(owner, asset.Id)));
                foreach (var joined in AssetJoins.Of(asset, item.ReadObservables()))
                    named.Add(new(SubjectFamily.Joined, Digest.Of(joined)));
            }
        }
        return named;
    }
}
