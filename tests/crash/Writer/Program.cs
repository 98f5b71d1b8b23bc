// Commits batches from several clients through the embedded store, and beside them releases, retirement, snapshots and a document;
// appends a line per acknowledgement to a file. Arguments: directory, batches per client and session, sessions, "sync" or
// "without-sync".
using System.Globalization;
using System.Text;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Silo.Embedded;
using CrossBorderSoc.Tests.Crash.Writer;

var directory = args[0];
var perSession = int.Parse(args[1], CultureInfo.InvariantCulture);
var sessions = int.Parse(args[2], CultureInfo.InvariantCulture);
var sync = args[3] == "sync";
using var acks = File.OpenHandle(Path.Combine(directory, "acks"), FileMode.CreateNew, FileAccess.Write, FileShare.Read);
long written = 0;
var gate = new Lock();

for (var session = 0; session < sessions; session++)
{
    await using var store = EmbeddedStore.Open(Workload.Options(Path.Combine(directory, "data"), sync, verifyTables: true));
    var first = session * perSession;
    await Task.WhenAll(Enumerable.Range(0, Workload.Clients).Select(client => Client(store, client, first)));
}

async Task Client(EmbeddedStore store, int client, int first)
{
    var home = store[Workload.HomeOf(client)];
    for (var sequence = first; sequence < first + perSession; sequence++)
    {
        var receipt = await home.Commit(Workload.Batch(client, sequence), default);
        if (receipt.Fates.Any(fate => fate != ItemFate.Accepted)) throw new InvalidOperationException("A new batch was refused.");
        Acknowledge(client, sequence);
        // The first client of each home retires, the second releases.
        if (client >= Workload.Homes.Length - 1) await Release(home, store[Home.Hub], client);
        else if (sequence % 20 == 10) await Retire(home, client, home.Head - sequence % 40 / 20);
        if (client == 0 && sequence % 5 == 0) await Document(home, sequence);
        if (sequence % 20 == 0) await Snapshot(home, sequence);
    }
}

async Task Release(IHomeStore home, IHomeStore hub, int client)
{
    var from = await hub.ReadWatermark(home.Home, default);
    var release = Workload.Release(home.Identity, client % 2, from.Position, home.Head);
    if ((await hub.Apply(release, default)).Position != release.To) throw new InvalidOperationException("A release was refused.");
    Acknowledge(Workload.Releases + client % 2, (int)release.To);
}

async Task Retire(IHomeStore home, int client, long through)
{
    for (var number = 0; number < Workload.Subjects; number++)
    {
        var subject = Workload.Subject(number);
        await home.RetireRows(SubjectFamily.Indicator, subject, await Workload.Fold(home, subject), null, through, default);
    }

    await home.RetireRecords(through, default);
    Acknowledge(Workload.Retirements + client, (int)through);
}

async Task Document(IHomeStore home, int number)
{
    await home.WriteDocument(Workload.DocumentName, Workload.Document(number), default);
    Acknowledge(Workload.Documents, number);
}

async Task Snapshot(IHomeStore home, int number)
{
    var subject = Workload.Subject(number % Workload.Subjects);
    await home.WriteSnapshot(SubjectFamily.Indicator, subject, await Workload.Fold(home, subject), default);
}

void Acknowledge(int client, int sequence)
{
    lock (gate)
    {
        var line = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{client} {sequence}\n"));
        RandomAccess.Write(acks, line, written);
        written += line.Length;
    }
}
