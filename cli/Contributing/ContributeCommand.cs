using System.CommandLine;
using System.Globalization;
using CrossBorderSoc.Cli.Running;
using CrossBorderSoc.Client;
using CrossBorderSoc.Client.Rendering;
using CrossBorderSoc.Client.Views;
using CrossBorderSoc.V1;
using Timestamp = Google.Protobuf.WellKnownTypes.Timestamp;

namespace CrossBorderSoc.Cli.Contributing;

/// <summary><c>socgrid contribute</c>: says something of incidents, under a marking of its own.</summary>
internal sealed class ContributeCommand(CliHost host)
{
    private readonly Argument<string> kind = new("KIND")
    {
        Description = $"What it does: {string.Join(", ", LabelText.ContributionKinds.Keys)}.",
    };
    private readonly Argument<string[]> about = new("ID|VALUE")
    {
        Description = "What it is about: values, or an incident's identifier (INC-…) for the value that names the incident. A link and a "
            + "split take two. Who may not see all of them sees nothing of it.",
        Arity = new ArgumentArity(1, 16),
    };
    private readonly Option<string> tlp = new("--tlp")
    {
        Description = "The TLP label: clear, green, amber, amber+strict or red.",
        HelpName = "LABEL",
        Required = true,
    };
    private readonly Option<string?> pap = new("--pap") { Description = "The PAP label: clear, green, amber or red.", HelpName = "LABEL" };
    private readonly Option<string[]> recipients = new("--recipient")
    {
        Description = "A named recipient, organisation:ID, community:ID or person:NAME@ORGANISATION; may be repeated.",
        HelpName = "RECIPIENT",
    };
    private readonly Option<string?> text = new("--text") { Description = "In words, at most 4096 bytes.", HelpName = "TEXT" };
    private readonly Option<string?> status = new("--status")
    {
        Description = $"Of a status: {string.Join(", ", LabelText.Statuses.Keys)}.",
        HelpName = "WORD",
    };
    private readonly Option<string?> significance = new("--significance")
    {
        Description = $"Of a significance: {string.Join(", ", LabelText.Significances.Keys)}.",
        HelpName = "WORD",
    };
    private readonly Option<string?> state = new("--state") { Description = "Of affected: the Member State.", HelpName = "CODE" };
    private readonly Option<string?> sector = new("--sector") { Description = "Of affected: the sector.", HelpName = "SECTOR" };
    private readonly Option<string?> service = new("--service") { Description = "Of affected: the service.", HelpName = "SERVICE" };
    private readonly Option<string?> at = new("--at")
    {
        Description = "Of when it is, such as 2026-08-20T13:00Z; UTC. Default: now.",
        HelpName = "TIME",
    };
    private readonly Option<Guid?> id = new("--id")
    {
        Description = "Its identifier, to say the same again safely (with --at). Default: a new one.",
        HelpName = "UUID",
    };

    public Command Build(Dictionary<Command, string[]> examples)
    {
        var (grid, command) = (new GridOptions(host), new Command("contribute", "Say something of an incident, and to whom."));
        command.Add(kind);
        command.Add(about);
        foreach (var option in (Option[])[tlp, pap, recipients, text, status, significance, state, sector, service, at, id])
            command.Add(option);
        grid.AddTo(command);
        grid.RequireCaller(command);
        command.SetAction(async (parse, stop) =>
        {
            using var connection = grid.Connect(parse);
            var views = new GridViews(connection.Invoker, grid.Token(parse));
            var said = Read(parse);
            foreach (var one in parse.GetRequiredValue(about)) said.Observables.Add(await Named(views, one, stop));
            var answer = await views.ContributeAsync(said, stop);
            await host.Out.WriteLineAsync(answer.Duplicate ? $"{said.Id} was there already." : $"{said.Id} is on disk.");
            return ExitCode.Done;
        });
        examples[command] =
        [
            "socgrid contribute opened evil.example 203.0.113.7 --as csirt.de --tlp amber --recipient organisation:csirt.fr --text 'same kit'",
            "socgrid contribute status INC-2YTRZFFWHQ6T4ISV3VO37S4CEVYH2WIQ --as csirt.de --tlp green --status contained",
            "socgrid contribute split evil.example 203.0.113.7 --as csirt.de --tlp green --text 'shared hosting'",
        ];
        return command;
    }

    private Contribution Read(ParseResult parse) => new()
    {
        Id = (parse.GetValue(id) ?? host.NewGuid()).ToString("D"),
        At = Timestamp.FromDateTimeOffset(parse.GetValue(at) is { } given ? Instant(given) : host.Time.GetUtcNow()),
        Kind = Word(LabelText.ContributionKinds, parse.GetRequiredValue(kind), "KIND"),
        Status = Word(LabelText.Statuses, parse.GetValue(status), status.Name),
        Significance = Word(LabelText.Significances, parse.GetValue(significance), significance.Name),
        State = parse.GetValue(state) ?? "",
        Sector = parse.GetValue(sector) ?? "",
        Service = parse.GetValue(service) ?? "",
        Text = parse.GetValue(text) ?? "",
        Marking = new()
        {
            Tlp = Word(LabelText.Tlps, parse.GetRequiredValue(tlp), tlp.Name),
            Pap = Word(LabelText.Paps, parse.GetValue(pap), pap.Name),
            Recipients = { parse.GetValue(recipients) ?? [] },
        },
    };

    private static async Task<Observable> Named(GridViews views, string text, CancellationToken stop)
    {
        if (!text.StartsWith("INC-", StringComparison.Ordinal)) return ObservableGuess.Of(text);
        var incident = (await views.IncidentAsync(new() { IncidentId = text }, stop)).Incident;
        return IncidentRenderer.NameOf(incident ?? new()) ?? throw new InvalidDataException("The grid told an incident without a core.");
    }

    private static TWord Word<TWord>(Dictionary<string, TWord> words, string? text, string where) where TWord : struct =>
        text is null ? default : words.TryGetValue(text, out var word)
            ? word : throw new UsageException($"{where} is one of: {string.Join(", ", words.Keys)}.");

    private static DateTimeOffset Instant(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? instant : throw new UsageException("--at is an instant such as 2026-08-20T13:00Z.");
}
