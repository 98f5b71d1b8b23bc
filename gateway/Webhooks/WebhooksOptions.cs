using System.ComponentModel.DataAnnotations;

namespace CrossBorderSoc.Gateway.Webhooks;

/// <summary>Webhooks as the gateway's operator sets them, below the configuration key <c>Gateway:Webhooks</c> (docs/webhooks.md).</summary>
public sealed class WebhooksOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = $"{GatewayOptions.Section}:Webhooks";

    /// <summary>The hosts that webhooks may send to; to no other is anything sent.</summary>
    public IList<WebhookTargetOptions> Targets { get; } = new List<WebhookTargetOptions>();

    /// <summary>The webhooks, at most 64.</summary>
    public IList<WebhookOptions> Hooks { get; } = new List<WebhookOptions>();

    /// <summary>After how many failed attempts in a row a delivery is given up.</summary>
    [Range(1, 100)]
    public int Attempts { get; set; } = 20;

    /// <summary>After how many hours of failed attempts a delivery is given up; less than the seven days of a cursor.</summary>
    [Range(1, 144)]
    public int AgeHours { get; set; } = 24;
}

/// <summary>A host that webhooks may send to.</summary>
public sealed class WebhookTargetOptions
{
    /// <summary>Its name or IP address, exactly as the URL of a webhook has it.</summary>
    public string Host { get; set; } = "";

    /// <summary>Whether it may have a private address (RFC 1918, RFC 6598, RFC 4193). Never link-local, multicast or loopback.</summary>
    public bool AllowPrivate { get; set; }
}

/// <summary>One webhook.</summary>
public sealed class WebhookOptions
{
    /// <summary>Its name, unique: 1 to 64 characters of <c>[a-z0-9-]</c>. Its files carry it.</summary>
    public string Name { get; set; } = "";

    /// <summary>Where it sends to: https, without user and fragment; in development also http to loopback.</summary>
    public string Url { get; set; } = "";

    /// <summary>Path of the file with the token of the organisation whose picture it tells. Read again, so that it may be replaced.</summary>
    public string Token { get; set; } = "";

    /// <summary>Path of the file with the secrets that sign, one <c>whsec_</c> + base64 a line. Read for each attempt.</summary>
    public string Secret { get; set; } = "";

    /// <summary>Only these types of observables; none: all.</summary>
    public IList<string> Types { get; } = new List<string>();

    /// <summary>Only what one of these jurisdictions saw; none: whoever did.</summary>
    public IList<string> Jurisdictions { get; } = new List<string>();

    /// <summary>Only what was seen on an asset of one of these sectors; none: whatever it was seen on.</summary>
    public IList<string> Sectors { get; } = new List<string>();

    /// <summary>Only what holds this text; empty: all.</summary>
    public string Text { get; set; } = "";

    /// <summary>Only indicators that score at least this, 0 to 100.</summary>
    public uint MinScore { get; set; }

    /// <summary>Only indicators that show this ATT&amp;CK technique; empty: all.</summary>
    public string Technique { get; set; } = "";

    /// <summary>Only these indicators, and incidents around them, each as <c>TYPE VALUE</c>; none: all.</summary>
    public IList<string> Observables { get; } = new List<string>();

    /// <summary>Whether incidents around what changed are told, too.</summary>
    public bool Incidents { get; set; }
}
