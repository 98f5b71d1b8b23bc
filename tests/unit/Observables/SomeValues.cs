using CrossBorderSoc.Contracts.Observables;

namespace CrossBorderSoc.Tests.Unit.Observables;

/// <summary>One canonical value of every type.</summary>
internal static class SomeValues
{
    public static string Of(ObservableType type) => type switch
    {
        ObservableType.Ipv4Addr => "192.0.2.1",
        ObservableType.Ipv6Addr => "2001:db8::1",
        ObservableType.Ipv4Cidr => "192.0.2.0/24",
        ObservableType.Ipv6Cidr => "2001:db8::/32",
        ObservableType.DomainName => "a_b.example",
        ObservableType.Url => "https://a.example/b?c=(d)#e%2F",
        ObservableType.EmailAddr => "a@b.example",
        ObservableType.FileMd5 or ObservableType.Ja3 => "d41d8cd98f00b204e9800998ecf8427e",
        ObservableType.FileSha1 => "da39a3ee5e6b4b0d3255bfef95601890afd80709",
        ObservableType.FileSha256 or ObservableType.X509Sha256 =>
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        ObservableType.Asn => "64496",
        ObservableType.Vulnerability => "CVE-2024-3400",
        ObservableType.Software => "cpe:2.3:a:collins_aerospace:muse:*:*:*:*:*:*:*:*",
        ObservableType.Supplier => "collins aerospace",
        ObservableType.Ja4 => "t13d1516h2_8daaf6152771_e5627efa2ab1",
        ObservableType.Mutex => @"Global\MutexTest",
        ObservableType.UserAgent => "Mozilla/5.0 (Windows NT 6.1; rv:11.0)",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "BUG: a type without a value"),
    };
}
