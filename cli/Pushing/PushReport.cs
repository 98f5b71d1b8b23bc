using System.Text.Json;
using CrossBorderSoc.Cli.Running;
using CrossBorderSoc.Client;
using CrossBorderSoc.Client.Access;
using CrossBorderSoc.Client.Pushing;
using CrossBorderSoc.Client.Rendering;

namespace CrossBorderSoc.Cli.Pushing;

/// <summary>
/// Tells what became of a push. Refusals are written as they come, however many: to the file, into the JSON document, or,
/// for people, the first few of them.
/// </summary>
internal sealed class PushReport : IAsyncDisposable
{
    private const int ShownMax = 20;

    private const string NotComplete =
        "The push is not complete. Push the same file again: what has landed counts as duplicates.";

    private readonly CliHost host;
    private readonly TextWriter? file;
    private readonly Stream? output;
    private readonly Utf8JsonWriter? document;
    private readonly List<Refusal> shown = [];

    public PushReport(CliHost host, bool json, TextWriter? file)
    {
        (this.host, this.file) = (host, file);
        if (!json) return;
        output = new TextWriterStream(host.Out);
        document = new(output);
        document.WriteStartObject();
        document.WriteStartArray("rejections");
    }

    public void Refused(Refusal refusal)
    {
        if (document is not null)
        {
            Write(document, refusal);
            if (document.BytesPending > 16 * 1024) document.Flush();
        }
        file?.WriteLine(Line(refusal));
        if (shown.Count < ShownMax) shown.Add(refusal);
    }

    /// <summary>Prints the end of the report; answers the exit code.</summary>
    public int Finish(PushResult result)
    {
        if (document is null) Print(result);
        else Close(document, result, result.Failure is { } failure ? FailureText.Of(failure) : null);
        if (result.Failure is not null) return ExitCode.Grid;
        return result.Refused > 0 ? ExitCode.Partly : ExitCode.Done;
    }

    /// <summary>Prints the end of the report of a push that was broken off: what had been acknowledged by then.</summary>
    public void BreakOff(PushResult soFar, Exception reason)
    {
        var text = reason is OperationCanceledException ? "Interrupted." : reason.Message;
        if (document is not null)
        {
            Close(document, soFar, text);
            return;
        }
        Print(soFar);
        host.Error.WriteLine(NotComplete);
    }

    public async ValueTask DisposeAsync()
    {
        if (document is not null) await document.DisposeAsync();
        if (output is not null) await output.DisposeAsync();
    }

    private void Print(PushResult result)
    {
        foreach (var refusal in shown)
        {
            var where = refusal.Field.Length > 0 ? $"{SafeText.Of(refusal.Field)}: " : "";
            host.Error.WriteLine(
                $"line {refusal.Line}: {where}{SafeText.Of(refusal.Reason)}: {SafeText.Of(refusal.Message)}");
        }
        if (result.Refused > shown.Count)
            host.Error.WriteLine($"and {result.Refused - shown.Count} more refused (--rejections FILE has all)");
        host.Out.WriteLine(FormattableString.Invariant(
            $"{result.Accepted:N0} accepted, {result.Duplicates:N0} duplicates, {result.Refused:N0} refused")
            + (result.Resent > 0 ? FormattableString.Invariant($", {result.Resent:N0} sent again") : ""));
        if (result.Failure is not { } failure) return;
        host.Error.WriteLine(SafeText.Of(FailureText.Of(failure)));
        host.Error.WriteLine(NotComplete);
    }

    private void Close(Utf8JsonWriter json, PushResult result, string? failure)
    {
        json.WriteEndArray();
        json.WriteNumber("accepted", result.Accepted);
        json.WriteNumber("duplicates", result.Duplicates);
        json.WriteNumber("refused", result.Refused);
        json.WriteNumber("resent", result.Resent);
        json.WriteNumber("unacknowledged", result.Unacknowledged);
        if (failure is not null) json.WriteString("failure", failure);
        json.WriteEndObject();
        json.Flush();
        host.Out.WriteLine();
    }

    private static string Line(Refusal refusal)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes)) Write(json, refusal);
        return System.Text.Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static void Write(Utf8JsonWriter json, Refusal refusal)
    {
        json.WriteStartObject();
        json.WriteNumber("line", refusal.Line);
        json.WriteString("sightingId", refusal.SightingId);
        json.WriteString("field", refusal.Field);
        json.WriteString("reasonCode", refusal.Reason);
        json.WriteString("message", refusal.Message);
        json.WriteEndObject();
    }
}
