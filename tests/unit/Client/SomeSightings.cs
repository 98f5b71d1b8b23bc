using System.Globalization;
using System.Runtime.CompilerServices;
using CrossBorderSoc.Client.Pushing;
using CrossBorderSoc.V1;

namespace CrossBorderSoc.Tests.Unit.Client;

/// <summary>Numbered sightings, made as they are asked for, with a count of how many were.</summary>
internal sealed class SomeSightings(int count)
{
    private int read;

    public int Read => Volatile.Read(ref read);

    public static string Id(long line) => string.Create(CultureInfo.InvariantCulture, $"id-{line}");

    public async IAsyncEnumerable<NumberedSighting> ReadAsync(
        [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        for (var line = 1; line <= count; line++)
        {
            cancellation.ThrowIfCancellationRequested();
            Interlocked.Increment(ref read);
            yield return new(line, new Sighting { Id = Id(line) });
        }
        await Task.CompletedTask;
    }
}
