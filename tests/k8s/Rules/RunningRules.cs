using System.Globalization;
using CrossBorderSoc.Silo.Hosting;
using k8s.Models;

namespace CrossBorderSoc.Tests.K8s.Rules;

/// <summary>How pods start, tell how they are, take what they need, and end.</summary>
internal static class RunningRules
{
    // A silo that cannot reach every active one gives up after five minutes; before, nothing may kill it.
    private const int StartSeconds = 300;

    public static IEnumerable<string> ProbesTellTheTruth(Manifests manifests)
    {
        foreach (var (workload, container) in manifests.Containers)
        {
            (string, V1Probe?)[] probes =
                [("startup", container.StartupProbe), ("ready", container.ReadinessProbe), ("live", container.LivenessProbe)];
            foreach (var (word, probe) in probes)
            {
                if (probe is null) yield return $"{workload}/{container.Name} has no {word} probe";
                // Health is told on loopback: a request of the kubelet does not reach it.
                else if (probe.Exec?.Command is not { } command) yield return $"{workload}/{container.Name}: {word} is asked from outside";
                else if (workload.IsNode && !command.SequenceEqual(["dotnet", "/app/CrossBorderSoc.Silo.dll", "health", word]))
                    yield return $"{workload}/{container.Name}: {word} runs {string.Join(' ', command)}";
                else if (!workload.IsNode && !string.Join(' ', command).Contains("valkey-cli --tls", StringComparison.Ordinal))
                    yield return $"{workload}/{container.Name}: {word} runs {string.Join(' ', command)}";
                if (probe is { TimeoutSeconds: null or < 5 }) yield return $"{workload}/{container.Name}: {word} has not five seconds";
            }
            if (container.StartupProbe is { } start && (start.PeriodSeconds ?? 10) * (start.FailureThreshold ?? 3) < StartSeconds)
                yield return $"{workload}/{container.Name} is killed before it may have started";
            if (container.LivenessProbe is { } live && (live.PeriodSeconds ?? 10) * (live.FailureThreshold ?? 3) < 60)
                yield return $"{workload}/{container.Name} is killed after less than a minute";
        }
    }

    public static IEnumerable<string> ResourcesAreBounded(Manifests manifests)
    {
        foreach (var (workload, container) in manifests.Containers)
        {
            foreach (var what in (string[])["cpu", "memory", "ephemeral-storage"])
            {
                var (request, limit) = (Of(container.Resources?.Requests, what), Of(container.Resources?.Limits, what));
                if (request is null || limit is null) yield return $"{workload}/{container.Name} has no bound of {what}";
                else if (request > limit) yield return $"{workload}/{container.Name} asks for more {what} than it may take";
            }
            if (workload.IsNode || Of(container.Resources?.Limits, "memory") is not { } memory) continue;
            // The append-only file is rewritten by a copy of the process.
            var most = container.Command?.SkipWhile(word => word != "--maxmemory").Skip(1).FirstOrDefault();
            if (most is null || Bytes(most) * 2 > memory) yield return $"{workload}: maxmemory {most} is more than half of the limit";
        }
    }

    public static IEnumerable<string> GraceIsLongerThanTheShutdown(Manifests manifests)
    {
        foreach (var workload in manifests.Workloads.Where(workload => workload.IsNode))
        {
            var pause = workload.Pod.Containers.Max(container => container.Lifecycle?.PreStop?.Sleep?.Seconds ?? 0);
            var needed = pause + (long)NodeApplication.StopsWithin.TotalSeconds;
            if (pause < 5) yield return $"{workload} stops before it is off everybody's lists";
            if (workload.Pod.TerminationGracePeriodSeconds is not { } grace || grace < needed + 10)
                yield return $"{workload} is killed while it stops, which may take {needed} s";
        }
    }

    public static IEnumerable<string> SomeAlwaysRun(Manifests manifests)
    {
        foreach (var workload in manifests.Workloads)
        {
            var fewest = manifests.Fewest(workload);
            if (manifests.Autoscaler(workload) is { } scaled && scaled.Fewest > scaled.Most)
                yield return $"{workload}: its bounds are the wrong way round";
            if (manifests.Autoscaler(workload) is not null && workload.Replicas is not null)
                yield return $"{workload} says a number, and its autoscaler another one: each apply would set it back";
            var budgets = manifests.Of<V1PodDisruptionBudget>().Where(budget => Selecting.Selects(budget.Spec.Selector, workload.Labels)).ToList();
            if (fewest == 1 && budgets.Count > 0) yield return $"{workload}: a budget of one pod either says nothing or blocks every drain";
            if (fewest == 1) continue;
            if (budgets.Count != 1) yield return $"{workload} has {budgets.Count} disruption budgets";
            else if (!int.TryParse(budgets[0].Spec.MaxUnavailable?.Value, CultureInfo.InvariantCulture, out var lost) || lost < 1 || lost >= fewest)
                yield return $"{workload}: its budget of {fewest} leaves none, or blocks every drain";
        }
    }

    public static IEnumerable<string> PodsAreSpreadWithinTheirHome(Manifests manifests)
    {
        foreach (var workload in manifests.Workloads)
        {
            var spread = workload.Pod.TopologySpreadConstraints ?? [];
            if (manifests.Fewest(workload) > 1)
                foreach (var key in (string[])["kubernetes.io/hostname", "topology.kubernetes.io/zone"])
                    if (!spread.Any(one => one.TopologyKey == key && one.MaxSkew == 1 && Selecting.Selects(one.LabelSelector, workload.Labels)))
                        yield return $"{workload} is not spread by {key}";
            if (manifests.Home is not { } home) continue;
            var terms = workload.Pod.Affinity?.NodeAffinity?.RequiredDuringSchedulingIgnoredDuringExecution?.NodeSelectorTerms ?? [];
            if (terms.Count == 0 || !terms.All(term => (term.MatchExpressions ?? []).Any(
                one => (one.Key, one.OperatorProperty) == ("crossbordersoc/home", "In") && one.Values.SequenceEqual([home]))))
                yield return $"{workload} may run on machines that are not of {home}";
        }
    }

    private static decimal? Of(IDictionary<string, ResourceQuantity>? resources, string what) =>
        resources is not null && resources.TryGetValue(what, out var quantity) ? quantity.ToDecimal() : null;

    private static decimal Bytes(string text) => text[^2..] switch
    {
        "gb" => decimal.Parse(text[..^2], CultureInfo.InvariantCulture) * (1 << 30),
        "mb" => decimal.Parse(text[..^2], CultureInfo.InvariantCulture) * (1 << 20),
        _ => decimal.MaxValue / 4,
    };
}
