using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CrossBorderSoc.Gateway;

/// <summary>The body of a health answer: the status, then a line for each check that is not healthy. Health is open to everybody,
/// so a check's description is a constant text.</summary>
internal static class HealthText
{
    public static Task Write(HttpContext context, HealthReport report)
    {
        var text = new StringBuilder(report.Status.ToString()).Append('\n');
        foreach (var (name, entry) in report.Entries)
            if (entry.Status != HealthStatus.Healthy) text.Append(name).Append(": ").Append(entry.Description).Append('\n');
        context.Response.ContentType = "text/plain";
        return context.Response.WriteAsync(text.ToString());
    }
}
