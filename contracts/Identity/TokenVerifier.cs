using System.Collections.Concurrent;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CrossBorderSoc.Contracts.Identity;

/// <summary>
/// Verifies callers' tokens (JWT, ES256 and nothing else), in the gateway and again at the target of every call. Never
/// throws for any text, and never repeats it. What was verified is remembered until it expires; a refusal never is.
/// </summary>
public sealed class TokenVerifier
{
    /// <summary>Longest token looked at (8 KiB).</summary>
    public const int TokenCharsMax = 8 * 1024;

    /// <summary>Most tokens remembered; when there are more, all are forgotten and verified again.</summary>
    public const int RememberedMax = 4_096;

    private readonly ConcurrentDictionary<string, VerifiedCaller> _verified = new(new TokenTail());
    private readonly JsonWebTokenHandler _handler = new() { MaximumTokenSizeInBytes = TokenCharsMax };
    private readonly TokenValidationParameters _rules;
    private readonly TimeProvider _time;

    /// <summary>A verifier of the tokens of one issuer and of the homes.</summary>
    /// <param name="issuer">The <c>iss</c> that every token must carry.</param>
    /// <param name="keys">The public keys.</param>
    /// <param name="time">What <c>exp</c> and <c>nbf</c> are compared with.</param>
    public TokenVerifier(string issuer, VerificationKeys keys, TimeProvider time)
    {
        _time = time;
        _rules = new()
        {
            ValidIssuer = issuer,
            ValidAudience = TokenClaims.Audience,
            ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            TryAllIssuerSigningKeys = false,
            IssuerSigningKeyResolver = (_, _, keyId, _) => keys.Find(keyId) is { } key ? [key] : [],
            LifetimeValidator = (from, until, _, _) => IsAlive(from, until),
        };
    }

    /// <summary>Who a token says is calling, or why it is worth nothing.</summary>
    public TokenVerdict Verify(CallerToken token)
    {
        if (string.IsNullOrEmpty(token.Text)) return TokenVerdict.Bad(TokenRefusal.Missing);
        if (_verified.TryGetValue(token.Text, out var known))
        {
            if (_time.GetUtcNow() < known.ExpiresAt) return TokenVerdict.Good(known);
            _verified.TryRemove(token.Text, out _);
            return TokenVerdict.Bad(TokenRefusal.Lifetime);
        }
        var verdict = VerifyAnew(token.Text);
        if (verdict.Caller is { } caller) Remember(token.Text, caller);
        return verdict;
    }

    private TokenVerdict VerifyAnew(string text)
    {
        if (text.Length > TokenCharsMax) return TokenVerdict.Bad(TokenRefusal.TooLong);
        // Three parts: an encrypted token has five, and nobody here decrypts.
        if (text.AsSpan().Count('.') != 2) return TokenVerdict.Bad(TokenRefusal.Malformed);
        // With keys at hand nothing is awaited: the task is complete when it is returned.
        var result = _handler.ValidateTokenAsync(text, _rules).GetAwaiter().GetResult();
        if (!result.IsValid) return TokenVerdict.Bad(RefusalOf(result.Exception));
        var token = (JsonWebToken)result.SecurityToken;
        if (token.TryGetHeaderValue<object>("crit", out _)) return TokenVerdict.Bad(TokenRefusal.Malformed);
        return CallerClaims.Read(token) is { } caller
            ? TokenVerdict.Good(caller)
            : TokenVerdict.Bad(TokenRefusal.Claims);
    }

    private bool IsAlive(DateTime? from, DateTime? until)
    {
        var now = _time.GetUtcNow().UtcDateTime;
        return now < until && (from is null || from <= now);
    }

    private void Remember(string text, VerifiedCaller caller)
    {
        if (_verified.Count >= RememberedMax) _verified.Clear();
        _verified[text] = caller;
    }

    private static TokenRefusal RefusalOf(Exception failure) => failure switch
    {
        SecurityTokenInvalidLifetimeException or SecurityTokenNoExpirationException
            or SecurityTokenExpiredException or SecurityTokenNotYetValidException => TokenRefusal.Lifetime,
        SecurityTokenInvalidIssuerException => TokenRefusal.Issuer,
        SecurityTokenInvalidAudienceException => TokenRefusal.Audience,
        SecurityTokenMalformedException or ArgumentException => TokenRefusal.Malformed,
        _ => TokenRefusal.Signature,
    };

    // The tail of a token is its signature: spread well enough, and much cheaper than the whole. Only good tokens are
    // kept, so a stranger cannot fill a bucket.
    private sealed class TokenTail : IEqualityComparer<string>
    {
        public bool Equals(string? x, string? y) => string.Equals(x, y, StringComparison.Ordinal);

        public int GetHashCode(string text) =>
            string.GetHashCode(text.AsSpan(Math.Max(0, text.Length - 24)), StringComparison.Ordinal);
    }
}
