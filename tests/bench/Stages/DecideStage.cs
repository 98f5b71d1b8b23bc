using System.Diagnostics;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Grains.Consortium;
using CrossBorderSoc.Grains.Disclosure;

namespace CrossBorderSoc.Tests.Bench.Stages;

/// <summary>
/// Time and memory of a warm decision (design 9, row 7): one caller, the real consortium, a compartment of each owner under each
/// of five labels.
/// </summary>
internal sealed class DecideStage(Run run)
{
    private const string Asker = "enisa";
    private static readonly Tlp[] Labels = [Tlp.Clear, Tlp.Green, Tlp.Amber, Tlp.AmberStrict, Tlp.Red];

    private int Times => run.IsSmoke ? 10 : 20_000;

    public Task Run()
    {
        var files = ConsortiumFiles.Read(run.Data.Consortium);
        var history = PolicyHistory.Empty.Append(files.Organisations, files.Agreements);
        var clearance = new Clearance(new(Asker), history);
        var types = ObservableTypeSet.Of(ObservableType.Ipv4Addr);
        Compartment[] compartments =
        [
            .. files.Organisations.SelectMany(owner => Labels.Select(tlp => new Compartment(
                owner.Id, owner.Jurisdiction, new(tlp, Pap.Clear, Attribution.Named, [], null, null), SightingKind.Positive, 1, types))),
        ];
        Decide(clearance, compartments, Times / 10);
        var (start, before) = (Stopwatch.GetTimestamp(), GC.GetAllocatedBytesForCurrentThread());
        Decide(clearance, compartments, Times);
        var decisions = (double)Times * compartments.Length;
        run.Report.Figure(
            "decision, warm, per compartment", Stopwatch.GetElapsedTime(start).TotalNanoseconds / decisions, "0.0", "ns");
        run.Report.Figure(
            "decision, warm, allocated", (GC.GetAllocatedBytesForCurrentThread() - before) / decisions, "0.0", "bytes");
        return Task.CompletedTask;
    }

    private static void Decide(Clearance clearance, Compartment[] compartments, int times)
    {
        for (var i = 0; i < times; i++)
            foreach (var compartment in compartments) clearance.Decide(compartment, ObservableType.Ipv4Addr, i);
    }
}
