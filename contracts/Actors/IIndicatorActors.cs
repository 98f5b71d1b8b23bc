using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Contracts.Views;

namespace CrossBorderSoc.Contracts.Actors;

/// <summary>A jurisdiction's sightings of one value. Key: home and keyed hash of the observable.</summary>
[Alias("INationalIndicator")]
public interface INationalIndicator : IGrainWithStringKey
{
    /// <summary>The caller's view: every level for a caller of the jurisdiction, Full only for others.</summary>
    [Alias("Disclose")]
    ValueTask<DisclosedIndicator> Disclose(Question question, Observable observable);

    /// <summary>The caller's view without markings, neighbours, assets and files; levels as <see cref="Disclose"/>.</summary>
    [Alias("Summarise")]
    ValueTask<DisclosedIndicator> Summarise(Question question, Observable observable);

    /// <summary>Whether the caller's view holds anything; levels as <see cref="Disclose"/>.</summary>
    [Alias("Present")]
    ValueTask<DisclosedPresence> Present(Question question, Observable observable);

    /// <summary>What decides about incidents in the caller's view; levels as <see cref="Disclose"/>.</summary>
    [Alias("Correlate")]
    ValueTask<DisclosedCorrelation> Correlate(Question question, Observable observable);
}

/// <summary>The releases of all jurisdictions about one value. Key: the hub and a keyed hash of the observable.</summary>
[Alias("IIndicator")]
public interface IIndicator : IGrainWithStringKey
{
    /// <summary>The caller's view of what other jurisdictions released, and where it may ask for more.</summary>
    [Alias("Disclose")]
    ValueTask<DisclosedIndicator> Disclose(Question question, Observable observable);

    /// <summary>The caller's view as <see cref="Disclose"/>, without markings, neighbours, assets and files.</summary>
    [Alias("Summarise")]
    ValueTask<DisclosedIndicator> Summarise(Question question, Observable observable);

    /// <summary>Whether the caller's view holds anything, here or where it may ask for more.</summary>
    [Alias("Present")]
    ValueTask<DisclosedPresence> Present(Question question, Observable observable);

    /// <summary>What decides about incidents in the caller's view, and where it may ask for more.</summary>
    [Alias("Correlate")]
    ValueTask<DisclosedCorrelation> Correlate(Question question, Observable observable);
}

/// <summary>The sightings on one asset. Key: home and keyed hash of owner and asset.</summary>
[Alias("IAsset")]
public interface IAsset : IGrainWithStringKey
{
    /// <summary>The caller's view.</summary>
    [Alias("Disclose")]
    ValueTask<DisclosedAsset> Disclose(Question question, AssetName asset);
}
