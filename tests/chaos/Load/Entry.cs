using CrossBorderSoc.Tests.Model.Disclosure;
using CrossBorderSoc.Tests.Model.Sightings;

namespace CrossBorderSoc.Tests.Chaos.Load;

/// <summary>A sighting that was sent, with the form in which the model shows it to each who asks.</summary>
internal sealed class Entry(Sighting said, string jurisdiction, IReadOnlyDictionary<string, Form> forms)
{
    private volatile bool _acknowledged;

    public Sighting Said => said;

    /// <summary>The owner's.</summary>
    public string Jurisdiction => jurisdiction;

    public bool IsAcknowledged => _acknowledged;

    public void Acknowledge() => _acknowledged = true;

    /// <summary>In which form it is shown, or null: not at all.</summary>
    public Form? To(string asker) => forms.GetValueOrDefault(asker);
}
