using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Encoding;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Grains.Identity;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Grains.Placement;
using Orleans.GrainDirectory;

namespace CrossBorderSoc.Grains.Incidents;

/// <summary>
/// Remembers which observable an identifier was given for. What belongs to the incident is not kept anywhere: it is a function of
/// each partner's view.
/// </summary>
[GrainDirectory(CarriedDirectoryName.Value), CarriedPlacement]
public sealed class IncidentGrain(IGridStore stores, ActorKeyring keys, CallerDirectory callers) : Grain, IIncident
{
    private const byte FormatVersion = 1;

    private Observable? _observable;
    private EarlyLeave? _leave;

    private string Document => "incident " + this.GetPrimaryKeyString();

    /// <inheritdoc/>
    public async ValueTask<string> Name(Question question, Observable observable)
    {
        callers.AskerOf(question);
        if (keys.IncidentKeyOf(Digest.Of(observable)) != this.GetPrimaryKeyString())
            throw new CallerRefusedException("The actor is not that of the observable.");
        if (await Read() is null)
        {
            await stores[Home.Hub].WriteDocument(Document, ToBytes(observable), CancellationToken.None);
            _observable = observable;
        }
        return IncidentId.OfKey(this.GetPrimaryKeyString());
    }

    /// <inheritdoc/>
    public ValueTask<Observable?> Observable(Question question)
    {
        callers.AskerOf(question);
        return Read();
    }

    private async ValueTask<Observable?> Read()
    {
        if (_observable is null && await stores[Home.Hub].ReadDocument(Document, CancellationToken.None) is { } bytes)
            _observable = FromBytes(bytes.Span);
        EarlyLeave.Answered(ref _leave, this, _observable is null);
        return _observable;
    }

    private static byte[] ToBytes(in Observable observable)
    {
        var writer = new ByteWriter(64);
        writer.Byte(FormatVersion);
        writer.Byte((byte)observable.Type);
        writer.Text(observable.Text);
        return writer.ToArray();
    }

    private static Observable FromBytes(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        if (reader.Byte() != FormatVersion) throw ByteReader.Damaged();
        return new((ObservableType)reader.Byte(), reader.Text());
    }
}
