using System.CommandLine;
using CrossBorderSoc.Cli.Running;
using CrossBorderSoc.Client.Rendering;

namespace CrossBorderSoc.Cli.Showing;

/// <summary><c>socgrid organisations</c>, <c>communities</c> and <c>agreements</c>: who takes part, and what was agreed.</summary>
internal sealed class ListCommands(CliHost host)
{
    public IEnumerable<Command> Build(Dictionary<Command, string[]> examples)
    {
        Command[] commands = [Organisations(), Communities(), Agreements()];
        foreach (var command in commands)
            examples[command] = [$"socgrid {command.Name} --as csirt.be", $"socgrid {command.Name} --as csirt.be --json"];
        return commands;
    }

    private AskCommand Organisations() => new(
        "organisations",
        "List the organisations of the consortium.",
        host,
        async (views, _, json, stop) =>
            Answers.Print(host, json, await views.OrganisationsAsync(stop), answer =>
                ConsortiumRenderer.Render(host.OutConsole, answer)));

    private AskCommand Communities() => new(
        "communities",
        "List the communities that you belong to.",
        host,
        async (views, _, json, stop) =>
            Answers.Print(host, json, await views.CommunitiesAsync(stop), answer =>
                ConsortiumRenderer.Render(host.OutConsole, answer)));

    private AskCommand Agreements() => new(
        "agreements",
        "List the agreements that you are party to.",
        host,
        async (views, _, json, stop) =>
            Answers.Print(host, json, await views.AgreementsAsync(stop), answer =>
                ConsortiumRenderer.Render(host.OutConsole, answer)));
}
