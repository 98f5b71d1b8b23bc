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
}
