using System.Security.Cryptography;
using System.Text;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Encoding;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Grains.Identity;
using CrossBorderSoc.Grains.LastSeen;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Grains.Placement;
using Orleans.GrainDirectory;

namespace CrossBorderSoc.Grains.Incidents;

/// <summary>
/// Of which observable an identifier is, in one home (decision 0006). What belongs to the incident is not kept anywhere: it is a function
/// of each partner's view.
/// </summary>
[GrainDirectory(CarriedDirectoryName.Value), CarriedPlacement]
public sealed class IncidentGrain(IGridStore stores, ActorKeyring keys, CallerDirectory callers) : Grain, IIncident
{
    private const byte FormatVersion = 1;

    private Observable? _forAll;
    private EarlyLeave? _leave;

    private IHomeStore Store => stores[this.HomeOfKey()];

    /// <inheritdoc/>
    public async ValueTask Keep(Question question, Observable observable)
    {
        var asker = callers.AskerOf(question);
        if (this.HomeOfKey().IsHub && keys.IncidentKeyOf(Digest.Of(observable)) != this.GetPrimaryKeyString())
            throw new CallerRefusedException("The actor is not that of the observable.");
        try
        {
            if (await Known(asker) == observable) return;
            await Store.WriteDocument(NameFor(IsForOne(observable) ? asker : null), ToBytes(observable), CancellationToken.None);
        }
        catch (StoreUnavailableException e)
        {
            throw new GridUnavailableException("The store cannot be written now.", e);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<Observable?> Observable(Question question)
    {
        var asker = callers.AskerOf(question);
        try
        {
            return await Known(asker);
        }
        catch (StoreUnavailableException e)
        {
            throw new GridUnavailableException("The store cannot be read now.", e);
        }
    }

    private async ValueTask<Observable?> Known(Asker asker)
    {
        if (_forAll is null && this.HomeOfKey().IsHub)
            _forAll = await NamedIncidents.Find(Store.LastSeen, IncidentId.HashOf(this.GetPrimaryKeyString()), CancellationToken.None);
        _forAll ??= await Read(NameFor(null));
        EarlyLeave.Answered(ref _leave, this, _forAll is null);
        return _forAll ?? (this.HomeOfKey().IsHub ? null : await Read(NameFor(asker)));
    }

    // What the hub lists by itself is kept here only until it is listed; what assets join stands in no list of everybody's at all.
    private bool IsForOne(in Observable observable) => !this.HomeOfKey().IsHub && AssetJoins.Types.Contains(observable.Type);

    private string NameFor(Asker? one)
    {
        var name = "incident " + this.GetPrimaryKeyString();
        if (one is not { Clearance.Caller: var caller }) return name;
        var told = SHA256.HashData(Encoding.UTF8.GetBytes($"{caller.OrganisationId}\n{caller.Person}"));
        return name + " " + Convert.ToHexStringLower(told);
    }

    private async ValueTask<Observable?> Read(string document) =>
        await Store.ReadDocument(document, CancellationToken.None) is { } bytes ? FromBytes(bytes.Span) : null;

    internal static byte[] ToBytes(in Observable observable)
    {
        var writer = new ByteWriter(64);
        writer.Byte(FormatVersion);
        writer.Byte((byte)observable.Type);
        writer.Text(observable.Text);
        return writer.ToArray();
    }

    internal static Observable FromBytes(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        if (reader.Byte() != FormatVersion) throw ByteReader.Newer();
        return new((ObservableType)reader.Byte(), reader.Text());
    }
}
