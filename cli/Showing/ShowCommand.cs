using System.CommandLine;
using CrossBorderSoc.Cli.Running;
using CrossBorderSoc.Client.Rendering;
using CrossBorderSoc.Client.Views;
using CrossBorderSoc.V1;

namespace CrossBorderSoc.Cli.Showing;

/// <summary><c>socgrid show</c>: what the caller may see of an indicator, an asset, or the sightings behind them.</summary>
internal sealed class ShowCommand(CliHost host)
{
    private readonly Argument<string> value = new("VALUE")
    {
        Description = "The value: an address, network, domain name, URL, e-mail address, file hash, CVE, AS number, CPE or JA4; "
            + "may be defanged. Anything else with --type.",
    };
    private readonly Option<string?> type = new("--type")
    {
        Description = "Its type, such as ipv4-addr, file:sha256, x509:sha256, ja3, supplier, mutex or user-agent; guessed when absent.",
        HelpName = "TYPE",
    };
    private readonly Option<int> limit = new("--limit")
    {
        Description = "Most sightings, 1 to 10000.",
        HelpName = "N",
        DefaultValueFactory = _ => 1000,
    };

    public Command Build(Dictionary<Command, string[]> examples)
    {
        var show = new Command("show", "Show what you may see. Hidden and absent are one answer.");
        examples[show] = ["socgrid show indicator 203.0.113.7 --as csirt.de"];
        show.Add(Indicator(examples));
        show.Add(Incident(examples));
        show.Add(Asset(examples));
        show.Add(Evidence(examples));
        show.Add(Trend("technique", "An ATT&CK technique's identifier, such as T1566 or T1566.001; exactly that one.",
            "socgrid show technique T1566.001 --as csirt.de", text => new() { Technique = text }, examples));
        show.Add(Trend("sector", "A sector as assets' owners write it, from the sightings that you see in full; case does not count.",
            "socgrid show sector energy --as csirt.de", text => new() { Sector = text }, examples));
        return show;
    }

    private AskCommand Indicator(Dictionary<Command, string[]> examples)
    {
        var command = new AskCommand("indicator", "Show an indicator: by state, by source, kinds, days, markings, neighbours.",
            host, async (views, parse, json, stop) =>
            Answers.Print(host, json, await views.IndicatorAsync(Observable(parse), stop), answer =>
                IndicatorRenderer.Render(host.OutConsole, answer)));
        command.Add(value);
        command.Add(type);
        examples[command] =
        [
            "socgrid show indicator 203.0.113.7 --as csirt.de",
            "socgrid show indicator 'hxxps://evil[.]example/a' --as csirt.de --json",
            "socgrid show indicator CVE-2024-3400 --as csirt.de",
            "socgrid show indicator 'Collins Aerospace' --type supplier --as csirt.de",
        ];
        return command;
    }

    private AskCommand Incident(Dictionary<Command, string[]> examples)
    {
        var name = new Argument<string>("ID|VALUE")
        {
            Description = "An incident's identifier (INC-…), or a value of its core.",
        };
        var dot = new Option<bool>("--dot") { Description = "Print a graph for Graphviz (DOT) instead of a page." };
        var svg = new Option<bool>("--svg") { Description = "Print a picture (SVG) instead of a page." };
        var command = new AskCommand("incident", "Show an incident: why it is one, its timeline, states, core, links and fringe.",
            host, async (views, parse, json, stop) =>
        {
            var text = parse.GetRequiredValue(name);
            var answer = await views.IncidentAsync(
                text.StartsWith("INC-", StringComparison.Ordinal)
                    ? new() { IncidentId = text }
                    : new() { Observable = Observable(text, parse) },
                stop);
            return Answers.Print(host, json, answer, shown =>
            {
                if (parse.GetValue(dot)) host.Out.Write(IncidentRenderer.ToDot(shown.Incident ?? new()));
                else if (parse.GetValue(svg)) host.Out.Write(IncidentSvg.Of(shown.Incident ?? new()));
                else IncidentRenderer.Render(host.OutConsole, shown);
            });
        });
        command.Add(name);
        command.Add(type);
        command.Add(dot);
        command.Add(svg);
        command.Validators.Add(result =>
        {
            if (((string[])["--json", dot.Name, svg.Name]).Count(result.GetValue<bool>) > 1)
                result.AddError("Choose one of --json, --dot and --svg.");
        });
        examples[command] =
        [
            "socgrid show incident 203.0.113.7 --as csirt.de",
            "socgrid show incident INC-2YTRZFFWHQ6T4ISV3VO37S4CEVYH2WIQ --as csirt.fr --svg > incident.svg",
            "socgrid show incident INC-2YTRZFFWHQ6T4ISV3VO37S4CEVYH2WIQ --as csirt.fr --dot | sfdp -Tpdf > incident.pdf",
        ];
        return command;
    }

    private AskCommand Asset(Dictionary<Command, string[]> examples)
    {
        var owner = new Argument<string>("OWNER") { Description = "The organisation that owns the asset." };
        var asset = new Argument<string>("ASSET") { Description = "The asset's identifier within its owner." };
        var command = new AskCommand("asset", "Show an asset, from the sightings that you see in full.",
            host, async (views, parse, json, stop) =>
        {
            var answer = await views.AssetAsync(parse.GetRequiredValue(owner), parse.GetRequiredValue(asset), stop);
            return Answers.Print(host, json, answer, shown => IndicatorRenderer.Render(host.OutConsole, shown.Asset));
        });
        command.Add(owner);
        command.Add(asset);
        examples[command] = ["socgrid show asset energy.be scada-07 --as csirt.be"];
        return command;
    }

    private AskCommand Evidence(Dictionary<Command, string[]> examples)
    {
        var command = new AskCommand("evidence", "Show the sightings behind an indicator; with --json one a line.",
            host, async (views, parse, json, stop) =>
        {
            var any = false;
            await foreach (var evidence in views.EvidenceAsync(Observable(parse), (uint)parse.GetValue(limit), stop))
            {
                any = true;
                Answers.Print(host, json, evidence, shown => EvidenceRenderer.Render(host.OutConsole, shown));
            }
            if (any) return ExitCode.Done;
            await host.Error.WriteLineAsync("You cannot see any sighting of it (or there is none).");
            return ExitCode.Partly;
        });
        command.Add(value);
        command.Add(type);
        command.Add(limit);
        limit.Bound(1, 10_000);
        examples[command] =
        [
            "socgrid show evidence 203.0.113.7 --as csirt.de --limit 20",
            "socgrid show evidence evil.example --as csirt.de --json | jq .marking",
        ];
        return command;
    }

    private AskCommand Trend(
        string what, string meaning, string example, Func<string, GetTrendRequest> request, Dictionary<Command, string[]> examples)
    {
        var name = new Argument<string>(what.ToUpperInvariant()) { Description = meaning };
        var command = new AskCommand(what, $"Show a {what} over all sightings: days, states, and whether that is unusual for this time.",
            host, async (views, parse, json, stop) =>
            Answers.Print(host, json, await views.TrendAsync(request(parse.GetRequiredValue(name)), stop), answer =>
                IndicatorRenderer.Render(host.OutConsole, answer)));
        command.Add(name);
        examples[command] = [example];
        return command;
    }

    private Observable Observable(ParseResult parse) => Observable(parse.GetRequiredValue(value), parse);

    private Observable Observable(string text, ParseResult parse) =>
        parse.GetValue(type) is { } known ? new() { Type = known, Value = text } : ObservableGuess.Of(text);
}
