using CrossBorderSoc.Gateway;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Gateway;

public sealed class ListeningTests
{
    [Theory]
    [InlineData("http://0.0.0.0:5081")]
    [InlineData("http://[::]:5081")]
    [InlineData("http://192.0.2.1:5081")]
    [InlineData("http://example.org:5081")]
    [InlineData("http://*:5081")]
    [InlineData("127.0.0.1:5081")]
    [InlineData("unix:/tmp/x")]
    [InlineData("http://127.0.0.1:5081/path")]
    public void Parse_AnythingInTheClearButLoopback_IsRefusedNamingTheKey(string url) =>
        Should.Throw<InvalidOperationException>(() =>
            Listening.Parse(url, "Gateway:Grpc")).Message.ShouldStartWith("Gateway:Grpc:");

    [Theory]
    [InlineData("http://127.0.0.1:5081", false)]
    [InlineData("http://[::1]:5081", false)]
    [InlineData("http://localhost:5081", false)]
    [InlineData("https://0.0.0.0:5081", true)]
    public void Parse_LoopbackOrTls_IsTaken(string url, bool isTls) =>
        (Listening.Parse(url, "k").Port, Listening.Parse(url, "k").IsTls).ShouldBe((5081, isTls));

    [Fact]
    public void Certificate_TlsWithoutOne_IsRefusedNamingTheKey() =>
        Should.Throw<InvalidOperationException>(() =>
            Listening.Certificate(new(), Listening.Parse("https://0.0.0.0:1", "k")))
            .Message.ShouldContain("Gateway:Certificate");

    [Theory]
    [InlineData("absent.pem")]
    [InlineData("absent.pfx")]
    [InlineData("CrossBorderSoc.Gateway.dll")]
    public void Certificate_FileThatHoldsNone_IsRefusedNamingKeyAndFile(string file) =>
        Should.Throw<InvalidOperationException>(() => Listening.Certificate(
            new() { Certificate = Path.Combine(AppContext.BaseDirectory, file) }, Listening.Parse("https://0.0.0.0:1", "k")))
            .Message.ShouldSatisfyAllConditions(
                message => message.ShouldContain("Gateway:Certificate"), message => message.ShouldContain(file));
}
