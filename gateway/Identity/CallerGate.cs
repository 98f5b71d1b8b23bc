using CrossBorderSoc.Contracts.Identity;
using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Gateway.Errors;
using Grpc.Core;

namespace CrossBorderSoc.Gateway.Identity;

/// <summary>
/// Who may make a call: an organisation of the consortium with a token of the caller issuer. Nothing else of a request
/// says who calls. A good token of an organisation that the policy does not know is PERMISSION_DENIED: its holder
/// learns only what it knows of itself, and its engineer sees that the token is not the fault.
/// </summary>
public sealed class CallerGate(TokenVerifier verifier, IPolicyReplica policy)
{
    private const string Header = "authorization";
    private const string Scheme = "Bearer ";

    /// <summary>The caller of a call, or a refusal.</summary>
    /// <exception cref="RpcException">UNAUTHENTICATED, PERMISSION_DENIED, or UNAVAILABLE before the first
    /// policy.</exception>
    public Caller Admit(Metadata headers) => Admit(Read(headers));

    /// <summary>Judges a token again: a stream outlives tokens and policies.</summary>
    /// <exception cref="RpcException">As <see cref="Admit(Metadata)"/>.</exception>
    public Caller Admit(CallerToken token)
    {
        // A home's token is for calls inside the grid and opens nothing at the edge.
        if (verifier.Verify(token).Caller?.Organisation is not { } organisation) throw Refused.Unauthenticated();
        if (policy.LastKnown?.Newest is not { } newest) throw Refused.Unavailable();
        return newest.Find(organisation) is { } member ? new(token, member, newest) : throw Refused.NotAMember();
    }

    // Two headers leave open which of them counts, so neither does.
    private static CallerToken Read(Metadata headers)
    {
        string? found = null;
        foreach (var entry in headers)
        {
            if (entry.Key != Header) continue;
            if (found is not null) return default;
            found = entry.Value;
        }
        return found is not null && found.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? new(found[Scheme.Length..])
            : default;
    }
}
