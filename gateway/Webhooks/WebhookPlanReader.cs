using System.Buffers;
using System.Net;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Gateway.Watching;
using Grpc.Core;

namespace CrossBorderSoc.Gateway.Webhooks;

/// <summary>Reads one webhook of the configuration; what is wrong with it is told with its key.</summary>
internal sealed class WebhookPlanReader
{
    private const int NameCharsMax = 64;
    private const int UrlCharsMax = 2_048;
    private static readonly SearchValues<char> NameChars = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    private readonly string _key;
    private readonly WebhookOptions _hook;
    private readonly List<string> _errors;

    private WebhookPlanReader(string key, WebhookOptions hook, List<string> errors) => (_key, _hook, _errors) = (key, hook, errors);

    /// <summary>A webhook's plan, or null where something is wrong with it, which is added to the errors.</summary>
    public static WebhookPlan? Read(WebhooksOptions options, int index, bool isDevelopment, List<string> errors)
    {
        var errorsBefore = errors.Count;
        var reader = new WebhookPlanReader($"{WebhooksOptions.Section}:Hooks:{index}", options.Hooks[index], errors);
        reader.CheckName();
        var target = reader.Target(options.Targets, isDevelopment);
        reader.CheckFiles();
        var request = reader.Request();
        return errors.Count > errorsBefore || target is not { } known || request is null ? null : new(
            reader._hook.Name, known.Url, known.Addresses, Path.GetFullPath(reader._hook.Token), Path.GetFullPath(reader._hook.Secret), request,
            options.Attempts, TimeSpan.FromHours(options.AgeHours));
    }

    private void CheckName()
    {
        if (_hook.Name.Length is 0 or > NameCharsMax || _hook.Name.AsSpan().ContainsAnyExcept(NameChars))
            Refuse(nameof(WebhookOptions.Name), $"'{_hook.Name}' is not 1 to {NameCharsMax} characters of a-z, 0-9 and '-'.");
    }

    // The text of a URL may hold a secret, so no error repeats it.
    private (Uri Url, TargetAddresses Addresses)? Target(IEnumerable<WebhookTargetOptions> targets, bool isDevelopment)
    {
        if (_hook.Url.Length > UrlCharsMax || !Uri.TryCreate(_hook.Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            return Refuse(nameof(WebhookOptions.Url), $"it is no URL such as https://hooks.example.org/grid of at most {UrlCharsMax} characters.");
        if (url.UserInfo.Length > 0 || url.Fragment.Length > 0)
            return Refuse(nameof(WebhookOptions.Url), "a user or a fragment must not be part of it.");
        var isLoopback = isDevelopment && IsLoopback(url);
        if (url.Scheme != "https" && !isLoopback)
            return Refuse(nameof(WebhookOptions.Url), "it must begin with https; http is for loopback in development only.");
        if (targets.FirstOrDefault(each => IsOf(each, url)) is not { } target)
            return Refuse(nameof(WebhookOptions.Url), $"its host '{url.IdnHost}' is not on the list {WebhooksOptions.Section}:Targets.");
        return (url, new(target.AllowPrivate, isLoopback));
    }

    private static bool IsOf(WebhookTargetOptions target, Uri url) => string.Equals(target.Host, url.IdnHost, StringComparison.OrdinalIgnoreCase);

    private static bool IsLoopback(Uri url) =>
        url.IdnHost == "localhost" || (IPAddress.TryParse(url.IdnHost, out var address) && IPAddress.IsLoopback(address));

    private void CheckFiles()
    {
        if (!File.Exists(_hook.Token)) Refuse(nameof(WebhookOptions.Token), $"there is no file '{_hook.Token}'.");
        try
        {
            if (!File.Exists(_hook.Secret)) Refuse(nameof(WebhookOptions.Secret), $"there is no file '{_hook.Secret}'.");
            else WebhookSecret.Read(_hook.Secret);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            Refuse(nameof(WebhookOptions.Secret), $"'{_hook.Secret}' cannot be used: {e.Message}.");
        }
    }

    private V1.WatchRequest? Request()
    {
        var request = new V1.WatchRequest
        {
            Filter = new()
            {
                Types_ = { _hook.Types },
                Jurisdictions = { _hook.Jurisdictions },
                Sectors = { _hook.Sectors },
                Text = _hook.Text,
            },
            MinScore = _hook.MinScore,
            Technique = _hook.Technique,
            Observables = { _hook.Observables.Select(ObservableOf) },
            Incidents = _hook.Incidents,
        };
        try
        {
            WatchRequests.Check(request);
            return request;
        }
        catch (RpcException refused)
        {
            _errors.Add($"{_key}: {FieldOf(refused)}: {refused.Status.Detail}");
            return null;
        }
    }

    private static V1.Observable ObservableOf(string text) =>
        text.Split(' ', 2) is [var type, var value] ? new() { Type = type, Value = value } : new() { Value = text };

    private static string? FieldOf(RpcException refused) => refused.GetRpcStatus()?.GetDetail<Google.Rpc.BadRequest>()?.FieldViolations[0].Field;

    private (Uri, TargetAddresses)? Refuse(string key, string problem)
    {
        _errors.Add($"{_key}:{key}: {problem}");
        return null;
    }
}
