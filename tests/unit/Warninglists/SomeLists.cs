using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Gateway.Warninglists;
using Shouldly;

namespace CrossBorderSoc.Tests.Unit.Warninglists;

/// <summary>A directory of warninglists that a test writes, and values to ask for.</summary>
internal sealed class SomeLists : IDisposable
{
    public string Directory { get; } = System.IO.Directory.CreateTempSubdirectory("socgrid-lists-").FullName;

    public void Dispose() => System.IO.Directory.Delete(Directory, recursive: true);

    /// <summary>Writes a list's file as it stands; the index is written by <see cref="WriteIndex"/>.</summary>
    public string Write(string name, string json)
    {
        System.IO.Directory.CreateDirectory(Path.Combine(Directory, "lists"));
        var file = Path.Combine(Directory, "lists", name + ".json");
        File.WriteAllText(file, json);
        return file;
    }

    public void Write(string name, string type, string[] attributes, params string[] entries) => Write(name, JsonSerializer.Serialize(
        new { name, type, version = 1, list = entries, matching_attributes = attributes }));

    public void WriteIndex(params string[] names) => File.WriteAllText(
        Path.Combine(Directory, "index.json"), JsonSerializer.Serialize(names.Select(list => new { list })));

    /// <summary>The one list as the product reads it.</summary>
    public static WarninglistSet Of(string type, string[] attributes, params string[] entries)
    {
        using var lists = new SomeLists();
        lists.Write("one", type, attributes, entries);
        lists.WriteIndex("one");
        return new(WarninglistFiles.ReadDirectory(lists.Directory));
    }

    /// <summary>The lists that ship, unpacked into the directory.</summary>
    public SomeLists Unpack()
    {
        using var packed = File.OpenRead(WarninglistFiles.Shipped);
        using var unpacked = new GZipStream(packed, CompressionMode.Decompress);
        TarFile.ExtractToDirectory(unpacked, Directory, overwriteFiles: true);
        return this;
    }

    /// <summary>A value of any type, as a person types it.</summary>
    public static Observable Value(string text)
    {
        ObservableParser.TryParse(ObservableParser.Guess(text), text, out var value, out _).ShouldBeTrue(text);
        return value;
    }
}
