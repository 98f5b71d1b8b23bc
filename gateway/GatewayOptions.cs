using System.ComponentModel.DataAnnotations;
using CrossBorderSoc.Contracts;

namespace CrossBorderSoc.Gateway;

/// <summary>What an operator may set, below the configuration key <c>Gateway</c>.</summary>
public sealed class GatewayOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Gateway";

    /// <summary>Where gRPC listens. Any address that is not loopback needs <c>https</c> and a certificate.</summary>
    public string Grpc { get; set; } = "http://127.0.0.1:5081";

    /// <summary>Where HTTP (health) listens; rules as for <see cref="Grpc"/>.</summary>
    public string Http { get; set; } = "http://127.0.0.1:5080";

    /// <summary>Path of a PEM (with <see cref="CertificateKey"/>) or PFX file with the server's certificate.</summary>
    public string? Certificate { get; set; }

    /// <summary>Path of the certificate's PEM key, when it is not part of <see cref="Certificate"/>.</summary>
    public string? CertificateKey { get; set; }

    /// <summary>Directory of warninglists (docs/warninglists.md), read again when one of its files changes; null for the lists
    /// that ship with the product.</summary>
    public string? Warninglists { get; set; }

    /// <summary>How long evidence is kept, in days; a sighting last seen earlier is refused.</summary>
    [Range(1, 3_660)]
    public int RetentionDays { get; set; } = Bounds.RetentionDaysDefault;

    /// <summary>Most batches of one stream between their arrival and their acknowledgement.</summary>
    [Range(1, 1_024)]
    public int PushDepth { get; set; } = 16;

    /// <summary>Most bytes of one stream's batches in flight. At least one batch always fits.</summary>
    [Range(Bounds.BatchBytesMax, 1 << 30)]
    public int PushStreamBytes { get; set; } = 4 * Bounds.BatchBytesMax;

    /// <summary>Most bytes of one organisation's batches in flight, over all of its streams.</summary>
    [Range(Bounds.BatchBytesMax, 1 << 30)]
    public int PushOrganisationBytes { get; set; } = 8 * Bounds.BatchBytesMax;

    /// <summary>
    /// Most bytes of all batches in flight at this gateway, as encoded. Parsed, a batch takes about three times that, and at most
    /// fourteen times, whatever a client puts into it.
    /// </summary>
    [Range(Bounds.BatchBytesMax, 1 << 30)]
    public int PushBytes { get; set; } = 64 * Bounds.BatchBytesMax;

    /// <summary>Most push streams of one organisation at this gateway; one more is refused.</summary>
    [Range(1, 10_000)]
    public int PushStreams { get; set; } = 32;

    /// <summary>
    /// Most questions of one organisation that this gateway answers at once, where an answer in many messages counts for eight.
    /// Four times as many wait.
    /// </summary>
    [Range(1, 10_000)]
    public int Questions { get; set; } = 64;

    /// <summary>Most watches of one organisation at this gateway; one more is refused.</summary>
    [Range(1, 100_000)]
    public int Watches { get; set; } = 256;

    /// <summary>How long a question waits to be answered before it is refused, in seconds.</summary>
    [Range(1, 600)]
    public int QuestionPatienceSeconds { get; set; } = 10;

    /// <summary>
    /// Most push streams of all organisations at this gateway; one more is refused. Each may hold one batch that is arriving, beside
    /// <see cref="PushBytes"/>.
    /// </summary>
    [Range(1, 100_000)]
    public int PushStreamsInAll { get; set; } = 512;

    /// <summary>Most connections to each of the gateway's addresses; one more is closed at once.</summary>
    [Range(1, 100_000)]
    public int Connections { get; set; } = 1_024;

    /// <summary>Most calls at a time on one connection; the client waits with one more.</summary>
    [Range(1, 10_000)]
    public int ConnectionStreams { get; set; } = 100;
}
