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
            if (directory is null) return await PolicyDocument.Read(hub, cancellation);
            var files = ConsortiumFiles.Read(directory);
            return await PolicyDocument.Append(hub, files.Organisations, files.Agreements, cancellation);
        }
        catch (Exception e) when (e is ConsortiumInvalidException or InvalidOperationException or InvalidDataException or IOException)
        {
            throw new StartRefusedException(e.Message, e);
        }
    }
}
