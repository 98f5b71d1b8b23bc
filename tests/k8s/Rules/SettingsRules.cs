using System.Text.RegularExpressions;
using CrossBorderSoc.Gateway;
using CrossBorderSoc.Silo.Hosting;
using CrossBorderSoc.Silo.Settings;
using k8s.Models;

namespace CrossBorderSoc.Tests.K8s.Rules;

/// <summary>What nodes are told is what the product knows, and what the design wants of them.</summary>
internal static partial class SettingsRules
{
    // What the runtime and the Redis client read, and no node.
    private static readonly string[] Others = ["ASPNETCORE_ENVIRONMENT", "DOTNET_EnableDiagnostics", "SERedis_IssuerCertPath"];

    private static readonly string[] Strict = ["Node", "Cluster", "Stores", "Tls", "Identity"];

    private static readonly Dictionary<string, Type> Bound = new(StringComparer.Ordinal)
    {
        ["Gateway"] = typeof(GatewayOptions),
        ["Operator"] = typeof(OperatorOptions),
    };

    public static IEnumerable<string> EverySettingIsKnown(Manifests manifests)
    {
        foreach (var workload in manifests.Workloads.Where(workload => workload.IsNode))
        {
            var variables = workload.Pod.Containers.Single().Env ?? [];
            foreach (var variable in variables)
            {
                var parts = variable.Name.Split("__");
                var isUsed = variables.Any(other => (other.Value ?? "").Contains($"$({variable.Name})", StringComparison.Ordinal));
                var isKnown = Strict.Contains(parts[0]) || Others.Contains(variable.Name)
                    || (parts.Length == 2 && Bound.TryGetValue(parts[0], out var options) && options.GetProperty(parts[1]) is not null);
                if (!isUsed && !isKnown) yield return $"{workload}: no node knows {variable.Name}";
                foreach (Match use in Reference().Matches(variable.Value ?? ""))
                    if (!variables.TakeWhile(other => other != variable).Any(other => other.Name == use.Groups["name"].Value))
                        yield return $"{workload}: {variable.Name} names {use.Value}, which is not there before it";
            }
        }
    }

    public static IEnumerable<string> EveryNodeIsWhatItShallBe(Manifests manifests)
    {
        foreach (var workload in manifests.Workloads.Where(workload => workload.IsNode))
        {
            using var pod = new PodFiles(manifests, workload, []);
            NodeSettings? settings = null;
            var refusal = "";
            try
            {
                settings = pod.Settings();
            }
            catch (StartRefusedException e)
            {
                refusal = e.Message;
            }
            if (settings is null) yield return $"{workload} does not start: {refusal}";
            else if (Wrong(manifests, workload, settings, pod) is { } wrong) yield return $"{workload}: {wrong}";
        }
    }

    private static string? Wrong(Manifests manifests, Workload workload, NodeSettings settings, PodFiles pod)
    {
        if (workload.Component == "node")
            return settings.CarriesAll && settings.Stores.Single().Place.Embedded is { } place
                && place.StartsWith(pod.At("/data"), StringComparison.Ordinal)
                ? null : "it does not carry everything in its volume";
        var homes = string.Join(",", settings.Homes.Select(home => home.Code).Order(StringComparer.Ordinal));
        var wanted = workload.Component == "gateway" ? "" : manifests.Home == "hub" ? "EU,hub" : manifests.Home;
        if (homes != wanted) return $"it carries {homes}";
        if (!settings.Name.EndsWith("-" + manifests.Home!.ToLowerInvariant(), StringComparison.Ordinal))
            return $"its name {settings.Name} may be another home's, too";
        if (settings.Cluster is not { Membership: Membership.Redis } cluster || cluster.Advertised.ToString() != PodFiles.Address + ":11111")
            return "others do not reach it at its own address";
        if (settings.Stores.Any(store => store.Place.Redis is null)) return "its store is of one node, and there are several";
        return settings.Tls is null ? "it proves nothing" : null;
    }

    public static IEnumerable<string> RedisKeepsWhatItAcknowledges(Manifests manifests)
    {
        string[] lines =
        [
            "port 0", "tls-port 6379", "aclfile /run/users/users.acl", "appendonly yes", "appendfsync always", "no-appendfsync-on-rewrite no",
            "maxmemory-policy noeviction",
        ];
        foreach (var workload in manifests.Workloads.Where(workload => !workload.IsNode))
        {
            var volume = workload.Pod.Volumes.SingleOrDefault(one => one.Name == "settings")?.ConfigMap?.Name;
            var map = manifests.Of<V1ConfigMap>().SingleOrDefault(one => one.Metadata.Name == volume);
            var said = (map?.Data["redis.conf"] ?? "").Split('\n');
            foreach (var line in lines.Except(said)) yield return $"{workload} does not say {line}";
        }
    }

    [GeneratedRegex(@"\$\((?<name>[A-Za-z_]+)\)")]
    private static partial Regex Reference();
}
