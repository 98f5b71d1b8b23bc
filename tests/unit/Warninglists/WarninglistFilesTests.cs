using CrossBorderSoc.Gateway.Warninglists;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Warninglists;

public sealed class WarninglistFilesTests
{
    private const string Good = """{"name":"good","type":"cidr","list":["198.51.100.0/24"],"matching_attributes":["ip-src"]}""";

    [Theory]
    [InlineData("{\"name\":\"n\",\n\"type\":", "line 2, byte 8")]
    [InlineData("{\"name\":\"n\",\n\"type\":\"string\",\"list\":[1],\"matching_attributes\":[]}", "$.list[0]")]
    [InlineData("null", "it is null")]
    [InlineData("""{"type":"string","list":[],"matching_attributes":[]}""", "line 1")]
    [InlineData("""{"name":" ","type":"string","list":[],"matching_attributes":[]}""", "\"name\"")]
    [InlineData("""{"name":"n","type":"fuzzy","list":[],"matching_attributes":[]}""", "\"type\"")]
    [InlineData("""{"name":"n","type":"string","matching_attributes":[]}""", "line 1")]
    [InlineData("""{"name":"n","type":"string","list":["a.example",null],"matching_attributes":[]}""", "entry 2")]
    [InlineData("""{"name":"n","type":"cidr","list":["198.51.100.0/24","198.51.100.0/33"],"matching_attributes":["ip-src"]}""", "entry 2")]
    [InlineData("""{"name":"n","type":"substring","list":["a"," "],"matching_attributes":["url"]}""", "entry 2")]
    [InlineData("""{"name":"n","type":"regex","list":["/a/i","/(/"],"matching_attributes":["url"]}""", "entry 2")]
    [InlineData("""{"name":"n","type":"regex","list":["/(a)\\1/"],"matching_attributes":["url"]}""", "entry 1")]
    [InlineData("""{"name":"n","type":"regex","list":["/a/e"],"matching_attributes":["url"]}""", "entry 1")]
    public void File_ThatIsBroken_IsRefusedWithItsNameAndThePlace(string json, string place)
    {
        using var lists = new SomeLists();
        lists.Write("good", Good);
        lists.Write("bad", json);
        lists.WriteIndex("good", "bad");
        var refusal = Refused(lists);
        refusal.ShouldContain("lists/bad.json");
        refusal.ShouldContain(place);
    }

    [Fact]
    public void Index_ThatIsMissingOrNamesWhatIsNotThere_IsRefused()
    {
        using var lists = new SomeLists();
        Refused(lists).ShouldContain("index.json");
        lists.WriteIndex("missing");
        Refused(lists).ShouldContain("lists/missing.json");
        foreach (var name in new[] { "../index", "a/b", ".hidden", "" })
        {
            lists.WriteIndex("missing", name);
            Refused(lists).ShouldContain("index.json: row 2");
        }
    }

    [Fact]
    public void Directory_AsMispsRepositoryHasIt_IsReadWithoutAnIndex()
    {
        using var lists = new SomeLists();
        foreach (var name in new[] { "one", "two" })
        {
            Directory.CreateDirectory(Path.Combine(lists.Directory, "lists", name));
            File.WriteAllText(
                Path.Combine(lists.Directory, "lists", name, "list.json"), Good.Replace("good", name, StringComparison.Ordinal));
        }
        new WarninglistSet(WarninglistFiles.ReadDirectory(lists.Directory)).NamesOf(SomeLists.Value("198.51.100.1"))
            .ShouldBe(["one", "two"]);
        File.WriteAllText(Path.Combine(lists.Directory, "lists", "two", "list.json"), "{");
        Refused(lists).ShouldContain("two/list.json: line 1");
    }

    [Fact]
    public void Lists_OfOneName_AreRefused()
    {
        using var lists = new SomeLists();
        lists.Write("one", Good);
        lists.Write("two", Good);
        lists.WriteIndex("one", "two");
        Refused(lists).ShouldContain("lists/two.json");
    }

    [Fact]
    public void Bounds_ExactlyReached_AreTakenAndOneMoreIsRefused()
    {
        using var lists = new SomeLists();
        string Named(int i) => Good.Replace("good", $"n{i}", StringComparison.Ordinal);
        for (var i = 0; i <= WarninglistFiles.ListsMax; i++) lists.Write($"l{i}", Named(i));
        lists.WriteIndex([.. Enumerable.Range(0, WarninglistFiles.ListsMax).Select(i => $"l{i}")]);
        new WarninglistSet(WarninglistFiles.ReadDirectory(lists.Directory)).NamesOf(SomeLists.Value("198.51.100.1")).Length
            .ShouldBe(WarninglistFiles.ListsMax);
        lists.WriteIndex([.. Enumerable.Range(0, WarninglistFiles.ListsMax + 1).Select(i => $"l{i}")]);
        Refused(lists).ShouldContain("index.json");
    }

    [Fact]
    public void Shipped_Lists_AreTheDataSets127Unmodified()
    {
        using var lists = new SomeLists().Unpack();
        new WarninglistSet(WarninglistFiles.ReadArchive(WarninglistFiles.Shipped)).Count.ShouldBe(127);
        var real = SharedData.FolderOrSkip("warninglists");
        var files = Directory.EnumerateFiles(real, "*", SearchOption.AllDirectories).ToList();
        files.Count.ShouldBe(128);
        foreach (var file in files)
            File.ReadAllBytes(Path.Combine(lists.Directory, Path.GetRelativePath(real, file))).ShouldBe(File.ReadAllBytes(file), file);
    }

    private static string Refused(SomeLists lists) => Should.Throw<WarninglistsRefusedException>(
        () => new WarninglistSet(WarninglistFiles.ReadDirectory(lists.Directory))).Message;
}
