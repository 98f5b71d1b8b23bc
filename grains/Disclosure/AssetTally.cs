using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Encoding;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Contracts.Views;

namespace CrossBorderSoc.Grains.Disclosure;

/// <summary>What was said of an asset within one compartment. It is disclosed in Full or not at all.</summary>
public sealed class AssetTally : IKnowledge<AssetTally>
{
    private Account _account;
    private AssetStatement? _details;
    private long _detailsLast;

    void IKnowledge<AssetTally>.Add(in Statement statement)
    {
        if (statement.Asset is not { } asset)
            throw new InvalidOperationException("BUG: a statement on an asset must describe it.");
        _account.Add(statement);
        AddDetails(statement.LastSeen, asset);
    }

    void IKnowledge<AssetTally>.Merge(AssetTally other)
    {
        _account.Merge(other._account);
        if (other._details is { } details) AddDetails(other._detailsLast, details);
    }

    void IKnowledge<AssetTally>.Write(ByteWriter writer)
    {
        _account.Write(writer);
        writer.Byte(_details is null ? (byte)0 : (byte)1);
        if (_details is null) return;
        writer.VarInt(_detailsLast);
        writer.Text(_details.Id);
        writer.Text(_details.Sector);
        writer.Text(_details.Service);
        writer.Text(_details.Criticality);
        writer.Text(_details.Supplier);
        writer.VarUInt((ulong)_details.Software.Length);
        foreach (var software in _details.Software) writer.Text(software);
    }

    static AssetTally IKnowledge<AssetTally>.Read(ref ByteReader reader, byte version)
    {
        var read = new AssetTally { _account = Account.Read(ref reader, version) };
        var hasDetails = reader.Byte();
        if (hasDetails > 1) throw ByteReader.Damaged();
        if (hasDetails == 0) return read;
        read._detailsLast = reader.VarInt();
        var (id, sector, service) = (reader.Text(), reader.Text(), reader.Text());
        var (criticality, supplier) = (reader.Text(), reader.Text());
        var software = new string[reader.Count()];
        if (software.Length > Bounds.AssetSoftwareMax) throw ByteReader.Damaged();
        for (var i = 0; i < software.Length; i++) software[i] = reader.Text();
        read._details = new(id, sector, service, criticality, [.. software], supplier);
        return read;
    }

    void IKnowledge<AssetTally>.DiscloseInto(Gathering disclosed, in Terms terms)
    {
        if (!terms.IsFull) throw new InvalidOperationException("BUG: an asset is disclosed in Full or not at all.");
        _account.DiscloseInto(disclosed, terms);
        if (_details is not null) disclosed.AddDetails(_detailsLast, _details);
    }

    private void AddDetails(long lastSeen, AssetStatement details)
    {
        if (_details is null || AssetOrder.IsNewer(lastSeen, details, _detailsLast, _details))
            (_detailsLast, _details) = (lastSeen, details);
    }
}
