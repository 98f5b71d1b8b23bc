using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Gateway.Analysis;
using CrossBorderSoc.Gateway.Errors;
using CrossBorderSoc.Gateway.Identity;
using CrossBorderSoc.Gateway.Listing;
using Google.Protobuf;

namespace CrossBorderSoc.Gateway.Watching;

/// <summary>What a watch shall tell.</summary>
/// <param name="Filter">Of which indicators.</param>
/// <param name="Only">Only these; none: all.</param>
/// <param name="Incidents">Whether incidents are told, too.</param>
/// <param name="Purpose">What a cursor of it is for: this caller, this outlet and these filters; 16 bytes.</param>
internal sealed record WatchScope(IndicatorFilter Filter, FrozenSet<Observable> Only, bool Incidents, byte[] Purpose)
{
    /// <summary>What a cursor is for that tells by warninglists with a mark.</summary>
    public byte[] PurposeUnder(uint warninglists) => WatchPlace.Purpose(Purpose, warninglists);

    /// <summary>Whether a change of an observable may be told.</summary>
    public bool Holds(in Observable observable) =>
        (Only.Count == 0 || Only.Contains(observable)) && Filter.Scope.Holds([observable]);

    /// <summary>Whether a change of an observable of some types may be told.</summary>
    public bool MayHold(ObservableTypeSet types) => Only.Count == 0
        ? Filter.Scope.Types.Intersect(types).Mask != 0 : Only.Any(one => types.Contains(one.Type) && Holds(one));
}

/// <summary>Reads what a watch is asked for; throws INVALID_ARGUMENT.</summary>
internal static class WatchRequests
{
    private const int ObservablesMax = 1_000;
    private const int PurposeSize = WatchPlace.PurposeSize - sizeof(uint);

    /// <summary>What a watch shall tell.</summary>
    public static WatchScope Read(V1.WatchRequest request, Caller caller)
    {
        var (filter, only) = Check(request);
        return new(filter, only, request.Incidents, PurposeOf(request, caller));
    }

    /// <summary>Of which indicators a watch shall tell; none of the second: of all.</summary>
    public static (IndicatorFilter Filter, FrozenSet<Observable> Only) Check(V1.WatchRequest request)
    {
        if (request.Observables.Count > ObservablesMax)
            throw Refused.Field("observables", "TOO_MANY_OBSERVABLES", string.Create(null, $"At most {ObservablesMax} are allowed."));
        var filter = ListRequests.ReadFilter(request.Filter, request.MinScore, request.Technique);
        return (filter, request.Observables.Select(each => Requests.Observable(each)).ToFrozenSet());
    }

    /// <summary>The bytes of a cursor; INVALID_ARGUMENT for what cannot be one.</summary>
    public static byte[] Cursor(string cursor)
    {
        try
        {
            return System.Buffers.Text.Base64Url.DecodeFromChars(cursor);
        }
        catch (FormatException)
        {
            throw NoCursor();
        }
    }

    /// <summary>Says that a cursor is none of this watch.</summary>
    public static Grpc.Core.RpcException NoCursor() => Refused.Field(
        "cursor", "INVALID_CURSOR", "The cursor is none of a watch of yours with these filters. Watch without one, and list.");

    // What a feed was told is not all that its organisation may be told: its cursor is none of the organisation's own watches, nor the reverse.
    private static string OutletOf(Caller caller) => caller.Outlet == Outlet.Call ? "" : string.Create(null, $" {caller.Outlet}");

    private static byte[] PurposeOf(V1.WatchRequest request, Caller caller)
    {
        var asked = new V1.WatchRequest(request) { Cursor = "" }.ToByteArray();
        return SHA256.HashData(
            [.. SHA256.HashData(Encoding.UTF8.GetBytes($"{caller.Home.Code} {caller.Organisation.Id}{OutletOf(caller)}")), .. asked])[..PurposeSize];
    }
}
