using System.Text.RegularExpressions;
using CrossBorderSoc.Tests.Unit.House;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Versions;

/// <summary>No form of bytes can be forgotten: each source that makes or reads one names its kind here, or why nothing of it is kept.</summary>
public sealed partial class SourceTests
{
    private static readonly Dictionary<string, string> NothingKept = new()
    {
        ["contracts/Encoding/ByteReader.cs"] = "what forms are made of",
        ["contracts/Encoding/ByteWriter.cs"] = "what forms are made of",
        ["contracts/Policy/PolicyHistory.cs"] = "a digest of the policy's form, in memory",
        ["gateway/Warninglists/WarninglistReader.cs"] = "others' lists",
        ["gateway/Watching/WatchRequests.cs"] = "what a cursor is for: a cursor that is not known begins the watch anew, and says so",
        ["gateway/Watching/WatchTicks.cs"] = "in memory",
        ["gateway/Webhooks/WebhookBatch.cs"] = "in memory",
        ["gateway/Webhooks/WebhookDelivery.cs"] = "an identifier of a delivery, for as long as it is sent again",
        ["gateway/Webhooks/WebhookSignature.cs"] = "Standard Webhooks",
        ["gateway/Webhooks/WebhookWriter.cs"] = "dead letters, for people",
        ["grains/Changes/ObservableNames.cs"] = "reads what SightingItem writes",
        ["grains/Disclosure/IKnowledge.cs"] = "an interface",
        ["grains/Ledger/LedgerMarkingCensus.cs"] = "reads snapshots and fragments",
        ["grains/Ledger/SubjectFold.cs"] = "reads rows, writes snapshots",
        ["grains/Trends/TrendFragments.cs"] = "writes fragments",
        ["silo/Embedded/Engine/BatchBuffer.cs"] = "RocksDB's own form",
        ["silo/Embedded/Engine/LogScan.cs"] = "RocksDB's own form",
        ["silo/Embedded/Engine/TableFile.cs"] = "RocksDB's own form",
        ["silo/Peers/PeerPreamble.cs"] = "Orleans' own form",
        ["silo/Peers/RevocationList.cs"] = "RFC 5280",
        ["silo/Redis/Commit/GroupMarkings.cs"] = "digests side by side, as SmallFormats has them",
        ["silo/Redis/Commit/GroupOwners.cs"] = "arguments of a script of the same node",
        ["silo/Redis/Commit/OwnerPart.cs"] = "a UUID and a digest, big-endian",
        ["silo/Redis/RedisDrops.cs"] = "arguments of a script of the same node",
        ["silo/Redis/RedisLastSeen.cs"] = "the parts of LastSeenKeys",
        ["silo/Redis/RedisRetirement.cs"] = "arguments of a script of the same node",
        ["silo/Redis/RowReading.cs"] = "a position, big-endian, then RowFormat",
    };

    private static readonly string[] Roots = ["contracts/", "grains/", "silo/", "gateway/"];

    [Fact]
    public void SourcesThatMakeBytes_HaveAKind() =>
        Repository.Sources.Where(file => Roots.Any(root => file.StartsWith(root, StringComparison.Ordinal)))
            .Where(file => Makes().IsMatch(Repository.Read(file)))
            .Except(Claimed).Except(NothingKept.Keys).ToList()
            .ShouldBeEmpty("name the source in a kind of DomainKinds or StoreKinds, with an example, or here with why nothing of it is kept");

    [Fact]
    public void SourcesThatAreNamed_Exist() => Claimed.Concat(NothingKept.Keys).Except(Repository.Files).ShouldBeEmpty();

    private static IEnumerable<string> Claimed => RecordTests.All.SelectMany(kind => kind.Source.Split(';'));

    [GeneratedRegex(@"\b(ByteWriter|ByteReader|BinaryPrimitives|TryWriteBytes|SHA256|XxHash3|JsonSerializer|Base64Url|BinaryWriter)\b")]
    private static partial Regex Makes();
}
