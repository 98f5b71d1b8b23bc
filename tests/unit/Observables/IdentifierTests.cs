using CrossBorderSoc.Contracts.Observables;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Observables;

/// <summary>Numbers, names of vulnerabilities, and digests of certificates and TLS hellos.</summary>
public sealed class IdentifierTests
{
    private const string Sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    [Theory]
    // RFC 5396, section 2: asplain, asdot, asdot+
    [InlineData("64496", "64496")]
    [InlineData("AS64496", "64496")]
    [InlineData("as64496", "64496")]
    [InlineData("ASN 64496", "64496")]
    [InlineData("65546", "65546")]
    [InlineData("1.10", "65546")]
    [InlineData("AS1.10", "65546")]
    [InlineData("0.64496", "64496")]
    [InlineData("65535.65535", "4294967295")]
    [InlineData(" AS4294967295 ", "4294967295")]
    public void Asn_AnyNotation_IsAsplain(string written, string canonical) => Canonical.Of("asn", written).ShouldBe(canonical);

    [Theory]
    // CVE ID syntax of 2014: its own examples of 4, 5 and more digits
    [InlineData("CVE-1999-0067", "CVE-1999-0067")]
    [InlineData("cve-2014-12345", "CVE-2014-12345")]
    [InlineData("Cve-2016-7654321", "CVE-2016-7654321")]
    [InlineData("CVE\u20112024\u20133400", "CVE-2024-3400")]
    [InlineData("CVE-2024-1234567890123456789", "CVE-2024-1234567890123456789")]
    public void Vulnerability_AnyCaseAndHyphen_IsUpperCase(string written, string canonical) =>
        Canonical.Of("vulnerability", written).ShouldBe(canonical);

    [Fact]
    public void X509_ColonsAndUpperCase_AreLowerHex()
    {
        var colons = string.Join(':', Sha256.ToUpperInvariant().Chunk(2).Select(pair => new string(pair)));
        Canonical.Of("x509:sha256", colons).ShouldBe(Sha256);
        Canonical.Of("x509:sha256", Sha256.ToUpperInvariant()).ShouldBe(Sha256);
        Canonical.Of("x509:sha256", Sha256).ShouldBeSameAs(Sha256);
    }

    [Theory]
    // github.com/salesforce/ja3 and FoxIO's technical_details/JA4.md
    [InlineData("ja3", "ADA70206E40642A3E4461F35503241D5", "ada70206e40642a3e4461f35503241d5")]
    [InlineData("ja4", "t13d1516h2_8daaf6152771_e5627efa2ab1", "t13d1516h2_8daaf6152771_e5627efa2ab1")]
    [InlineData("ja4", "T13D1516H2_8DAAF6152771_B186095E22B6", "t13d1516h2_8daaf6152771_b186095e22b6")]
    [InlineData("ja4", "q13i0310h3_55b375c5d22e_06cda9e17597", "q13i0310h3_55b375c5d22e_06cda9e17597")]
    [InlineData("ja4", "dd2i0000ad_000000000000_000000000000", "dd2i0000ad_000000000000_000000000000")]
    public void TlsFingerprint_AnyCase_IsLowerCase(string type, string written, string canonical) =>
        Canonical.Of(type, written).ShouldBe(canonical);

    [Theory]
    [InlineData("asn", "4294967296")]
    [InlineData("asn", "99999999999999999999")]
    [InlineData("asn", "-1")]
    [InlineData("asn", "AS")]
    [InlineData("asn", "0")]
    [InlineData("asn", "AS0.0")]
    [InlineData("asn", "064496")]
    [InlineData("asn", "65536.1")]
    [InlineData("asn", "1.65536")]
    [InlineData("asn", "1.2.3")]
    [InlineData("asn", "1.")]
    [InlineData("asn", "AS15169 Example")]
    [InlineData("asn", "٤٥")]
    [InlineData("vulnerability", "CVE-1234-9999")]
    [InlineData("vulnerability", "CVE-2024-123")]
    [InlineData("vulnerability", "CVE-2024-01234")]
    [InlineData("vulnerability", "CVE-2024-12345678901234567890")]
    [InlineData("vulnerability", "CVE-2024-1234a")]
    [InlineData("vulnerability", "CVE-24-1234")]
    [InlineData("vulnerability", "CVE 2024 1234")]
    [InlineData("vulnerability", "2024-1234")]
    [InlineData("vulnerability", "CVE-٢٠٢٤-1234")]
    [InlineData("vulnerability", "EUVD-2024-1234")]
    [InlineData("x509:sha256", "d41d8cd98f00b204e9800998ecf8427e")]
    [InlineData("x509:sha256", "e3:b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("x509:sha256", "ge3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85")]
    [InlineData("ja3", "769,47-53-5-10-49161-49162-49171-49172-50-56-19-4,0-10-11,23-24-25,0")]
    [InlineData("ja4", "t13d1516h2_8daaf6152771")]
    [InlineData("ja4", "x13d1516h2_8daaf6152771_e5627efa2ab1")]
    [InlineData("ja4", "t14d1516h2_8daaf6152771_e5627efa2ab1")]
    [InlineData("ja4", "t13x1516h2_8daaf6152771_e5627efa2ab1")]
    [InlineData("ja4", "t13d1f16h2_8daaf6152771_e5627efa2ab1")]
    [InlineData("ja4", "t13d1516h-_8daaf6152771_e5627efa2ab1")]
    [InlineData("ja4", "t13d1516h2_8daaf615277g_e5627efa2ab1")]
    [InlineData("ja4", "t13d1516h2-8daaf6152771_e5627efa2ab1")]
    [InlineData("ja4", "t130206h2_1301_a56c5b993250")]
    public void TryParse_NoIdentifier_IsRefusedByItsType(string type, string value) => Refusals.AreOf(type, value);
}
