using System.CommandLine;

namespace CrossBorderSoc.Silo.Hosting;

/// <summary>
/// <c>health live|ready|startup</c>: asks the node of this machine at its operator's port. For probes: the port is loopback only, and an image
/// of a node has no other tool that asks.
/// </summary>
internal static class HealthCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    public static Command Create()
    {
        var what = new Argument<string>("what") { Description = "live: it answers; startup: it has started; ready: it can serve." };
        what.AcceptOnlyFromAmong("live", "ready", "startup");
        var settings = new Option<string?>("--settings") { Description = "The node's file of settings, where Operator:Http stands there." };
        var command = new Command("health", "Exit code 0 when the node of this machine is what is asked, else 1, with its reasons.")
        {
            what, settings,
        };
        command.SetAction((parsed, cancellation) => Ask(parsed.GetValue(what)!, parsed.GetValue(settings), cancellation));
        return command;
    }

    private static async Task<int> Ask(string what, string? settings, CancellationToken cancellation)
    {
        try
        {
            using var http = new HttpClient { Timeout = Patience };
            using var answer = await http.GetAsync(new Uri($"http://{Endpoint(settings)}/health/{what}"), cancellation);
            Console.WriteLine((await answer.Content.ReadAsStringAsync(cancellation)).Trim());
            return answer.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or InvalidOperationException or StartRefusedException)
        {
            await Console.Error.WriteLineAsync("The node does not answer: " + e.Message);
            return 1;
        }
    }

    // What the node itself reads, without a host: a probe starts often.
    private static string Endpoint(string? settings)
    {
        using var configuration = new ConfigurationManager();
        configuration.AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true).AddEnvironmentVariables();
        if (settings is not null) configuration.AddSettingsFile(settings);
        return (configuration.GetSection(OperatorOptions.Section).Get<OperatorOptions>() ?? new()).Endpoint().ToString();
    }
}
