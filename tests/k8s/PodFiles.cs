using CrossBorderSoc.Silo.Settings;
using k8s.Models;
using Microsoft.Extensions.Configuration;

namespace CrossBorderSoc.Tests.K8s;

/// <summary>
/// A pod as its container finds itself: the files that its volumes make, below a temporary folder, and its environment. What no manifest of the
/// given ones holds is left out, but for the files that settings are read from, which get a text that will do.
/// </summary>
internal sealed class PodFiles : IDisposable
{
    /// <summary>The address of every pod.</summary>
    public const string Address = "192.0.2.7";

    private const string Connection = "redis.example:6379,ssl=true";

    private readonly string _root = Directory.CreateDirectory(Path.Combine(Scratch.Folder, "pods", Guid.NewGuid().ToString("N"))).FullName;
    private readonly V1Container _container;
    private readonly Dictionary<string, IDictionary<string, string>> _maps;
    private readonly Dictionary<string, IDictionary<string, byte[]>> _secrets;

    /// <summary>Makes one.</summary>
    /// <param name="manifests">Has the workload.</param>
    /// <param name="workload">Whose pod it is.</param>
    /// <param name="secrets">What the operator adds.</param>
    /// <param name="name">The pod's name.</param>
    public PodFiles(Manifests manifests, Workload workload, IEnumerable<object> secrets, string? name = null)
    {
        _container = workload.Pod.Containers.Single();
        var all = manifests.All.Concat(secrets).ToList();
        _maps = all.OfType<V1ConfigMap>().ToDictionary(map => map.Metadata.Name, map => map.Data);
        _secrets = all.OfType<V1Secret>().ToDictionary(secret => secret.Metadata.Name, secret => secret.Data);
        foreach (var volume in workload.Pod.Volumes ?? [])
            foreach (var mount in _container.VolumeMounts.Where(mount => mount.Name == volume.Name)) Fill(volume, mount);
        Environment = Expand(name ?? workload.Name + "-0");
        foreach (var (key, value) in Environment)
            if (key.EndsWith("RedisFile", StringComparison.Ordinal)) Stand(value);
        Stand("/run/store/connection");
    }

    /// <summary>What its environment says, expanded.</summary>
    public Dictionary<string, string> Environment { get; }

    /// <summary>Secrets and ConfigMaps that it needs and nobody gives; and keys of them.</summary>
    public List<string> Missing { get; } = [];

    /// <summary>Where a path of the pod is on this machine.</summary>
    public string At(string path) => _root + path;

    /// <summary>What the node would read.</summary>
    public NodeSettings Settings()
    {
        var arguments = (_container.Args ?? []).ToList();
        var builder = new ConfigurationBuilder();
        if (arguments.IndexOf("--settings") is >= 0 and var at)
            builder.AddJsonStream(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(
                File.ReadAllText(At(arguments[at + 1])).Replace("\"/run/", $"\"{_root}/run/", StringComparison.Ordinal))));
        builder.AddInMemoryCollection(Environment.Select(one => KeyValuePair.Create(
            one.Key.Replace("__", ":", StringComparison.Ordinal),
            (string?)(one.Value.StartsWith("/run/", StringComparison.Ordinal) ? At(one.Value) : one.Value))));
        var data = arguments.IndexOf("--data") is >= 0 and var where ? At(arguments[where + 1]) : At("/data");
        return NodeSettingsReader.Read(builder.Build(), data);
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_root, recursive: true);

    private void Stand(string path)
    {
        if (!path.StartsWith("/run/", StringComparison.Ordinal) || File.Exists(At(path))
            || !_container.VolumeMounts.Any(mount => path.StartsWith(mount.MountPath + "/", StringComparison.Ordinal))) return;
        Write(path, System.Text.Encoding.UTF8.GetBytes(Connection));
    }

    private void Write(string path, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllBytes(At(path), content);
    }

    private void Fill(V1Volume volume, V1VolumeMount mount)
    {
        if (volume.ConfigMap is { } map) Copy("ConfigMap", map.Name, map.Items, isOptional: false, mount);
        if (volume.Secret is { } secret) Copy("Secret", secret.SecretName, secret.Items, isOptional: false, mount);
        foreach (var source in volume.Projected?.Sources ?? [])
            Copy("Secret", source.Secret.Name, source.Secret.Items, source.Secret.Optional == true, mount);
    }

    private void Copy(string kind, string name, IList<V1KeyToPath>? items, bool isOptional, V1VolumeMount mount)
    {
        var files = kind == "Secret" ? _secrets.GetValueOrDefault(name)
            : _maps.GetValueOrDefault(name)?.ToDictionary(one => one.Key, one => System.Text.Encoding.UTF8.GetBytes(one.Value));
        if (files is null && !isOptional) Missing.Add($"{kind} {name}");
        foreach (var (key, content) in files ?? new Dictionary<string, byte[]>())
        {
            var path = items is { Count: > 0 } ? items.FirstOrDefault(item => item.Key == key)?.Path : key;
            if (mount.SubPath is null && path is not null) Write($"{mount.MountPath}/{path}", content);
            else if (mount.SubPath == path) Write(mount.MountPath, content);
        }
        foreach (var item in items ?? [])
            if (files is not null && !files.ContainsKey(item.Key)) Missing.Add($"{kind} {name}: {item.Key}");
        if (mount.SubPath is { } only && files is not null && !files.ContainsKey(only)) Missing.Add($"{kind} {name}: {only}");
    }

    private Dictionary<string, string> Expand(string name)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var variable in _container.Env ?? [])
        {
            var text = variable.Value ?? variable.ValueFrom switch
            {
                { FieldRef.FieldPath: "metadata.name" } => name,
                { FieldRef.FieldPath: "status.podIP" } => Address,
                { ConfigMapKeyRef: { } key } => _maps[key.Name][key.Key],
                _ => throw new InvalidOperationException($"{variable.Name} comes from somewhere else."),
            };
            foreach (var (known, value) in values) text = text.Replace($"$({known})", value, StringComparison.Ordinal);
            values[variable.Name] = text;
        }
        return values;
    }
}
