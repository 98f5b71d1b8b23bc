using CrossBorderSoc.Contracts.Identity;
using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Grains.Consortium;
using CrossBorderSoc.Grains.Ledger;

namespace CrossBorderSoc.Silo.Hosting;

/// <summary>Brings the consortium's files into the hub's store as the newest policy version.</summary>
internal static class PolicyOpening
{
    public static async ValueTask<PolicyHistory> Open(string? directory, IHomeStore hub, CancellationToken cancellation)
    {
        try
        {
            if (directory is null) return Checked(await PolicyDocument.Read(hub, cancellation));
            var files = ConsortiumFiles.Read(directory);
            return await PolicyDocument.Append(hub, files.Organisations, files.Agreements, cancellation);
        }
        catch (Exception e) when (e is ConsortiumInvalidException or InvalidOperationException or InvalidDataException or IOException
            or UnauthorizedAccessException or StoreUnavailableException)
        {
            throw new StartRefusedException(e.Message, e);
        }
    }

    // Files are checked before they are stored; what an older node stored was checked by a wider rule.
    private static PolicyHistory Checked(PolicyHistory stored) =>
        stored.Newest?.Organisations.FirstOrDefault(o => !OrganisationId.IsValid(o.Id)) is { } organisation
            ? throw new StartRefusedException($"The stored policy names '{organisation.Id}', which is no identifier of an "
                + "organisation: start once with --consortium DIR, whose files name it otherwise.")
            : stored;
}
