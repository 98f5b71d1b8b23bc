using CrossBorderSoc.Cli.Running;
using CrossBorderSoc.Client;
using CrossBorderSoc.Client.Access;
using CrossBorderSoc.Client.Pushing;
using CrossBorderSoc.Client.Rendering;
using Spectre.Console;

namespace CrossBorderSoc.Cli.Pushing;

/// <summary>Shows a running push: a bar with its rate on a terminal, a line now and then elsewhere.</summary>
internal sealed class PushProgress(CliHost host, InputFile input, PushReport report, bool quiet) : IPushObserver
{
    private static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(5);

    private readonly long started = host.Time.GetTimestamp();
    private long lastLine = host.Time.GetTimestamp();
    private long settled;
    private ProgressTask? bar;

    /// <summary>Runs a push that this observes.</summary>
    public Task<PushResult> RunAsync(Func<Task<PushResult>> push)
    {
        if (quiet || !host.ErrorConsole.Profile.Capabilities.Interactive) return push();
        return host.ErrorConsole.Progress()
            .Columns(new ProgressBarColumn(), new PercentageColumn(), new TaskDescriptionColumn(), new SpinnerColumn())
            .StartAsync(async context =>
            {
                bar = context.AddTask(Rate(), maxValue: 1);
                bar.IsIndeterminate = input.Length is null;
                var result = await push();
                bar.Description = Rate();
                if (result.Failure is null) bar.Value = 1;
                return result;
            });
    }

    public void Acknowledged(Acknowledgement acknowledgement)
    {
        settled += acknowledgement.Accepted + acknowledgement.Duplicates + acknowledgement.Rejected;
        if (bar is not null)
        {
            bar.Description = Rate();
            bar.Value = input.Share ?? 0;
        }
        else if (!quiet && host.Time.GetElapsedTime(lastLine) >= LineEvery)
        {
            lastLine = host.Time.GetTimestamp();
            host.Error.WriteLine(Rate());
        }
    }

    public void Refused(Refusal refusal) => report.Refused(refusal);

    public void Interrupted(Interruption interruption)
    {
        var text = $"{FailureText.Of(interruption.Failure)} Trying again in {interruption.Pause.TotalSeconds:0.#} s.\n";
        if (bar is not null) host.ErrorConsole.Write(new Text(SafeText.Of(text.TrimEnd()) + "\n"));
        else host.Error.Write(SafeText.Of(text.TrimEnd()) + "\n");
    }

    public void Resent(int sightings)
    {
        // Counted in the result; a person sees the interruption before it.
    }

    private string Rate()
    {
        var seconds = Math.Max(0.001, host.Time.GetElapsedTime(started).TotalSeconds);
        return FormattableString.Invariant($"{settled:N0} sightings, {settled / seconds:N0}/s");
    }
}
