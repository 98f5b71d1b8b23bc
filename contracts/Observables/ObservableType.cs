namespace CrossBorderSoc.Contracts.Observables;

/// <summary>
/// The type of an observable. Values are stored and travel: never renumber, never reuse. Below 64, so that a set of
/// types fits a 64-bit mask (<see cref="ObservableTypeSet"/>).
/// </summary>
public enum ObservableType : byte
{
    /// <summary>Not a type.</summary>
    Unspecified = 0,
    /// <summary><c>ipv4-addr</c>.</summary>
    Ipv4Addr = 1,
    /// <summary><c>ipv6-addr</c>.</summary>
    Ipv6Addr = 2,
    /// <summary><c>ipv4-cidr</c>.</summary>
    Ipv4Cidr = 3,
    /// <summary><c>ipv6-cidr</c>.</summary>
    Ipv6Cidr = 4,
    /// <summary><c>domain-name</c>.</summary>
    DomainName = 5,
    /// <summary><c>url</c>.</summary>
    Url = 6,
    /// <summary><c>email-addr</c>.</summary>
    EmailAddr = 7,
    /// <summary><c>file:md5</c>.</summary>
    FileMd5 = 8,
    /// <summary><c>file:sha1</c>.</summary>
    FileSha1 = 9,
    /// <summary><c>file:sha256</c>.</summary>
    FileSha256 = 10,
    /// <summary><c>asn</c>.</summary>
    Asn = 11,
    /// <summary><c>vulnerability</c>.</summary>
    Vulnerability = 12,
    /// <summary><c>software</c>.</summary>
    Software = 13,
    /// <summary><c>supplier</c>.</summary>
    Supplier = 14,
    /// <summary><c>x509:sha256</c>.</summary>
    X509Sha256 = 15,
    /// <summary><c>ja3</c>.</summary>
    Ja3 = 16,
    /// <summary><c>ja4</c>.</summary>
    Ja4 = 17,
    /// <summary><c>mutex</c>.</summary>
    Mutex = 18,
    /// <summary><c>user-agent</c>.</summary>
    UserAgent = 19,
}
