namespace CrossBorderSoc.Silo.Peers;

/// <summary>What a peer's certificate is to be able to do.</summary>
internal enum PeerUse
{
    /// <summary>It answers connections (extended key usage <c>serverAuth</c>).</summary>
    Server,

    /// <summary>It opens connections (extended key usage <c>clientAuth</c>).</summary>
    Client,
}

/// <summary>Whether a peer may go on, or the first reason why not.</summary>
internal enum PeerVerdict
{
    /// <summary>It is who it claims to be.</summary>
    Accepted,

    /// <summary>It showed no certificate.</summary>
    NoCertificate,

    /// <summary>None of the configured authorities issued its certificate itself, or that authority is out of date.</summary>
    UnknownAuthority,

    /// <summary>Its certificate ended.</summary>
    Expired,

    /// <summary>Its certificate begins later.</summary>
    NotYetValid,

    /// <summary>Its certificate is not for this end of a connection.</summary>
    WrongUse,

    /// <summary>The authority took the certificate back.</summary>
    Revoked,

    /// <summary>There is no list of the authority that tells what it took back, or the list is out of date.</summary>
    RevocationUnknown,

    /// <summary>Its certificate does not carry what it claims.</summary>
    WrongClaim,
}
