// Commits batches from several clients through the embedded store and appends a line per acknowledgement to a file.
// Arguments: directory, batches per client and session, sessions, "sync" or "without-sync".
using System.Globalization;
using System.Text;
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
        if (sequence % 20 == 0)
        {
            var subject = Workload.Subject(sequence % Workload.Subjects);
            await home.WriteSnapshot(SubjectFamily.Indicator, subject, new(home.Head, new byte[50]), default);
        }
    }
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
