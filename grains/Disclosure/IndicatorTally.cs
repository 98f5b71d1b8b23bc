using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Encoding;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Contracts.Views;

namespace CrossBorderSoc.Grains.Disclosure;

/// <summary>What was said of an observable within one compartment.</summary>
public sealed class IndicatorTally : IKnowledge<IndicatorTally>
{
    private Account _account;
    private Newest? _assets;
    private Newest? _sectors;
    private Neighbourhood _sameFile;
    private Contributions? _contributions;

    // Apart from the other neighbours: who does not see these loses no place of a list to them.
    private Neighbourhood _joined;

    int IKnowledge<IndicatorTally>.Uses => Math.Max(1, _contributions?.Count ?? 0);

    void IKnowledge<IndicatorTally>.Add(in Statement statement)
    {
        if (statement.Contribution is { } contribution)
        {
            (_contributions ??= new()).Add(contribution);
            return;
        }
        _account.Add(statement);
        _sameFile.Add(statement.SameFile, statement.LastSeen);
        _joined.Add(statement.Joined, statement.LastSeen);
        if (statement.AssetId is { } asset) (_assets ??= new(Bounds.AssetsKeptMax)).Add(asset, statement.LastSeen);
        if (statement.Sector is { } sector) (_sectors ??= new(Bounds.SectorsKeptMax)).Add(sector, statement.LastSeen);
    }

    void IKnowledge<IndicatorTally>.Merge(IndicatorTally other)
    {
        _account.Merge(other._account);
        _sameFile.Merge(other._sameFile);
        _joined.Merge(other._joined);
        if (other._assets is { } assets) (_assets ??= new(Bounds.AssetsKeptMax)).Merge(assets);
        if (other._sectors is { } sectors) (_sectors ??= new(Bounds.SectorsKeptMax)).Merge(sectors);
        if (other._contributions is { } contributions) (_contributions ??= new()).Merge(contributions);
    }

    void IKnowledge<IndicatorTally>.Write(ByteWriter writer)
    {
        _account.Write(writer);
        Account.WriteOptional(writer, _assets);
        _sameFile.Write(writer);
        _joined.Write(writer);
        Contributions.Write(writer, _contributions);
        Account.WriteOptional(writer, _sectors);
    }

    static IndicatorTally IKnowledge<IndicatorTally>.Read(ref ByteReader reader, byte version) => new()
    {
        _account = Account.Read(ref reader, version),
        _assets = Account.ReadOptional(ref reader, Bounds.AssetsKeptMax),
        _sameFile = version < 3 ? default : Neighbourhood.Read(ref reader),
        _joined = version < 4 ? default : Neighbourhood.Read(ref reader),
        _contributions = version < 4 ? null : Contributions.Read(ref reader),
        _sectors = version < 5 ? null : Account.ReadOptional(ref reader, Bounds.SectorsKeptMax),
    };

    void IKnowledge<IndicatorTally>.DiscloseInto(Gathering disclosed, in Terms terms)
    {
        _account.DiscloseInto(disclosed, terms);
        // Assets are of Full only (design 3.1), and so are their sectors.
        if (terms.IsFull && _sectors is not null)
            foreach (var sector in _sectors.Entries) disclosed.AddSector(sector.Text, terms.Compartment.Kind, sector.Last);
        if (disclosed.IsSummary) return;
        _sameFile.DiscloseInto(
            disclosed, terms, static (into, in hash, _, last) => into.AddSameFile(hash, last));
        _joined.DiscloseJoinedInto(disclosed, terms);
        _contributions?.DiscloseInto(disclosed, terms);
        if (!terms.IsFull || _assets is null) return;
        foreach (var asset in _assets.Entries) disclosed.AddAsset(terms.Compartment.Owner, asset.Text, asset.Last);
    }
}
