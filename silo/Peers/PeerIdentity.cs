using System.Collections.Immutable;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CrossBorderSoc.Silo.Peers;

/// <summary>
/// Who a certificate says its holder is: URIs among its subject alternative names, <c>urn:crossbordersoc:node:be-0</c> and, of each home that the
/// holder may carry or speak for, <c>urn:crossbordersoc:home:BE</c>.
/// </summary>
/// <param name="Node">The node's name; null for who is no node, such as a producer's machine.</param>
/// <param name="Homes">Codes of homes, as in <see cref="Contracts.Home.Code"/>.</param>
internal sealed record PeerIdentity(string? Node, ImmutableHashSet<string> Homes)
{
    private const string NodePrefix = "urn:crossbordersoc:node:";
    private const string HomePrefix = "urn:crossbordersoc:home:";
    private const string SubjectAlternativeName = "2.5.29.17";
    private static readonly Asn1Tag UriTag = new(TagClass.ContextSpecific, 6);

    /// <summary>The URI of a node.</summary>
    public static string NodeUri(string node) => NodePrefix + node;

    /// <summary>The URI of a home.</summary>
    public static string HomeUri(string code) => HomePrefix + code;

    /// <summary>Reads a certificate; one whose names cannot be read names nobody.</summary>
    public static PeerIdentity Of(X509Certificate2 certificate)
    {
        var uris = Uris(certificate);
        var nodes = Below(uris, NodePrefix);
        // Of two names neither is proven to be the one that is meant.
        return new(nodes.Count == 1 ? nodes[0] : null, [.. Below(uris, HomePrefix)]);
    }

    /// <summary>Whether the holder may be the silo of a name such as <c>BE,EU/be-0</c>: it is that node, and carries each of its homes.</summary>
    public bool Covers(string siloName)
    {
        var slash = siloName.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || Node is null || siloName[(slash + 1)..] != Node) return false;
        return slash == 0 || siloName[..slash].Split(',').All(Homes.Contains);
    }

    private static List<string> Below(List<string> uris, string prefix) =>
        [.. uris.Where(uri => uri.StartsWith(prefix, StringComparison.Ordinal)).Select(uri => uri[prefix.Length..])];

    private static List<string> Uris(X509Certificate2 certificate)
    {
        var uris = new List<string>();
        if (certificate.Extensions[SubjectAlternativeName] is not { } names) return uris;
        try
        {
            var sequence = new AsnReader(names.RawData, AsnEncodingRules.DER).ReadSequence();
            while (sequence.HasData)
                if (sequence.PeekTag() == UriTag) uris.Add(sequence.ReadCharacterString(UniversalTagNumber.IA5String, UriTag));
                else sequence.ReadEncodedValue();
            return uris;
        }
        catch (Exception e) when (e is AsnContentException or CryptographicException)
        {
            return [];
        }
    }
}
