using CrossBorderSoc.V1;

namespace CrossBorderSoc.Client.Pushing;

/// <summary>A batch with the lines that its sightings came from.</summary>
internal sealed class OutgoingBatch(ulong sequence)
{
    private readonly List<long> lines = [];

    public SightingBatch Message { get; } = new() { Sequence = sequence };

    public long Bytes { get; private set; }

    public int Count => lines.Count;

    public long Line(int index) => lines[index];

    public void Add(NumberedSighting sighting)
    {
        Message.Sightings.Add(sighting.Sighting);
        lines.Add(sighting.Line);
        Bytes += sighting.Bytes;
    }
}
