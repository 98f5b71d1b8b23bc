using CrossBorderSoc.Contracts.Observables;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Observables;

public sealed class FileHashesTests
{
    private static readonly Observable Md5 = new(ObservableType.FileMd5, new('1', 32));
    private static readonly Observable Sha1 = new(ObservableType.FileSha1, new('2', 40));
    private static readonly Observable Sha256 = new(ObservableType.FileSha256, new('3', 64));
    private static readonly Observable OtherSha256 = new(ObservableType.FileSha256, new('4', 64));
    private static readonly Observable Domain = new(ObservableType.DomainName, "evil.example");

    [Fact]
    public void Hashes_OneOfEachType_AreOfOneFile()
    {
        Observable[] named = [Domain, Md5, Sha1, Sha256];
        FileHashes.OfTheFileOf(Md5, named).ShouldBe([Sha1, Sha256]);
        FileHashes.OfTheFileOf(Sha256, named).ShouldBe([Md5, Sha1]);
        FileHashes.OfTheFileOf(Sha256, [Md5, Sha1]).ShouldBe([Md5, Sha1], "with itself or without");
        FileHashes.OfTheFileOf(Domain, named).ShouldBeEmpty();
    }

    [Fact]
    public void Hashes_TwoOfAType_AreOfNoFileThatCouldBeTold()
    {
        Observable[] named = [Md5, Sha1, Sha256, OtherSha256];
        FileHashes.OfTheFileOf(Md5, named).ShouldBe([Sha1]);
        FileHashes.OfTheFileOf(Sha256, named).ShouldBeEmpty();
    }
}
