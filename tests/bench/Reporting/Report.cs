using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CrossBorderSoc.Tests.Bench.Reporting;

/// <summary>Collects a run's figures, prints each at once as a line of text, and writes all of them as JSON at the end.</summary>
internal sealed class Report(TextWriter text)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly JsonObject _json = [];
    private readonly List<string> _faults = [];

    /// <summary>Whether nothing was wrong.</summary>
    public bool IsSound => _faults.Count == 0;

    /// <summary>A line for a person only.</summary>
    public void Line(string line) => text.WriteLine(line);

    /// <summary>A fact.</summary>
    public void Fact(string name, string value)
    {
        text.WriteLine($"{name,-34} {value}");
        _json[name] = value;
    }

    /// <summary>A figure, with its unit in the name or as a word after it.</summary>
    public void Figure(string name, double value, string format = "0.00", string unit = "")
    {
        text.WriteLine($"{name} {value.ToString(format, CultureInfo.InvariantCulture)} {unit}".TrimEnd());
        _json[name] = Math.Round(value, 4);
    }

    /// <summary>A figure for the JSON only.</summary>
    public void Quiet(string name, double value) => _json[name] = Math.Round(value, 4);

    /// <summary>Something that makes the run worthless.</summary>
    public void Fault(string what)
    {
        _faults.Add(what);
        text.WriteLine("FAULT " + what);
    }

    /// <summary>Writes the JSON.</summary>
    public void Save(string file)
    {
        _json["faults"] = new JsonArray([.. _faults.Select(f => JsonValue.Create(f))]);
        File.WriteAllText(file, _json.ToJsonString(Indented) + "\n");
    }
}
