using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Contracts.Views;

namespace CrossBorderSoc.Grains.Disclosure;

/// <summary>The views that actors answer with, each out of one disclosure.</summary>
public static class ViewDisclosure
{
    /// <summary>
    /// The part of an indicator's view that one actor answers; an empty view where nothing is visible.
    /// </summary>
    /// <param name="knowledge">What the actor knows.</param>
    /// <param name="clearance">Who asks, under which policy.</param>
    /// <param name="subject">The indicator's type.</param>
    /// <param name="at">The instant of the question, in the grid's time; Unix milliseconds UTC.</param>
    /// <param name="reading">Which part this actor answers.</param>
    /// <exception cref="UndecidableException">It cannot be decided; the call has to fail as
    /// unavailable.</exception>
    public static DisclosedIndicator DiscloseIndicator(
        this Compartmented<IndicatorTally> knowledge, Clearance clearance, ObservableType subject, long at,
        Reading reading)
    {
        var (disclosed, elsewhere) = knowledge.Disclose(clearance, subject, at, reading);
        return new(disclosed.ToIndicatorView(), elsewhere, clearance.History.Number);
    }

    /// <summary>The same without markings, neighbours, assets and files: what lists and watches tell, of which a score is a
    /// function, too. Arguments as above.</summary>
    /// <exception cref="UndecidableException">It cannot be decided; the call has to fail as
    /// unavailable.</exception>
    public static DisclosedIndicator DiscloseSummary(
        this Compartmented<IndicatorTally> knowledge, Clearance clearance, ObservableType subject, long at,
        Reading reading)
    {
        var (disclosed, elsewhere) = knowledge.Disclose(clearance, subject, at, reading, isSummary: true);
        return new(disclosed.ToIndicatorView(), elsewhere, clearance.History.Number);
    }

    /// <summary>Whether the part of an indicator's view that one actor answers, or points to, holds anything; arguments as above.</summary>
    /// <exception cref="UndecidableException">It cannot be decided; the call has to fail as
    /// unavailable.</exception>
    public static DisclosedPresence DisclosePresence(
        this Compartmented<IndicatorTally> knowledge, Clearance clearance, ObservableType subject, long at,
        Reading reading) =>
        new(knowledge.IsDisclosed(clearance, subject, at, reading), clearance.History.Number);

    /// <summary>The part of an observable's correlation that one actor answers; arguments as above.</summary>
    /// <exception cref="UndecidableException">It cannot be decided; the call has to fail as
    /// unavailable.</exception>
    public static DisclosedCorrelation DiscloseCorrelation(
        this Compartmented<IndicatorTally> knowledge, Clearance clearance, ObservableType subject, long at,
        Reading reading)
    {
        var seenInFull = new Gathering(isSummary: true);
        var (disclosed, elsewhere) = knowledge.Disclose(clearance, subject, at, reading, ofIncidents: true, seenInFull: seenInFull);
        return new(disclosed.ToCorrelation(), elsewhere, clearance.History.Number)
        {
            SeenInFull = [.. seenInFull.ToCorrelation().Activity.Select(activity => activity with { Hours = [] })],
        };
    }

    /// <summary>
    /// The part of an indicator's view that assets join, out of what a home knows of that (decision 0014): of the sightings that the
    /// caller sees in Full.
    /// </summary>
    /// <param name="joined">What the actor knows.</param>
    /// <param name="clearance">Who asks, under which policy.</param>
    /// <param name="at">The instant of the question, in the grid's time; Unix milliseconds UTC.</param>
    /// <param name="isSummary">Whether as <see cref="DiscloseSummary"/>.</param>
    /// <exception cref="UndecidableException">It cannot be decided; the call has to fail as
    /// unavailable.</exception>
    public static IndicatorView DiscloseJoined(
        this Compartmented<IndicatorTally> joined, Clearance clearance, long at, bool isSummary = false) =>
        joined.Disclose(clearance, subject: null, at, Reading.ForeignAtHome, isSummary).Disclosed.ToIndicatorView();

    /// <summary>The part of an observable's correlation that assets join; arguments as above.</summary>
    /// <exception cref="UndecidableException">It cannot be decided; the call has to fail as
    /// unavailable.</exception>
    public static Correlation DiscloseJoinedCorrelation(
        this Compartmented<IndicatorTally> joined, Clearance clearance, long at) =>
        joined.Disclose(clearance, subject: null, at, Reading.ForeignAtHome).Disclosed.ToCorrelation();

    /// <summary>
    /// An asset's view, of the sightings that the caller sees in Full; an empty view where there is none.
    /// </summary>
    /// <param name="knowledge">What the actor knows.</param>
    /// <param name="clearance">Who asks, under which policy.</param>
    /// <param name="at">The instant of the question, in the grid's time; Unix milliseconds UTC.</param>
    /// <exception cref="UndecidableException">It cannot be decided; the call has to fail as
    /// unavailable.</exception>
    public static AssetView DiscloseAsset(this Compartmented<AssetTally> knowledge, Clearance clearance, long at) =>
        knowledge.Disclose(clearance, subject: null, at, Reading.ForeignAtHome).Disclosed.ToAssetView();

    /// <summary>
    /// The part of a trend that one actor answers; an empty one where nothing is visible. A technique, or a sector, is disclosed with the
    /// whole sighting.
    /// </summary>
    /// <param name="knowledge">What the actor knows.</param>
    /// <param name="clearance">Who asks, under which policy.</param>
    /// <param name="at">The instant of the question, in the grid's time; Unix milliseconds UTC.</param>
    /// <param name="reading">Which part this actor answers: <see cref="Reading.OfTrend"/>.</param>
    /// <exception cref="UndecidableException">It cannot be decided; the call has to fail as
    /// unavailable.</exception>
    public static DisclosedTrend DiscloseTrend(
        this Compartmented<TrendTally> knowledge, Clearance clearance, long at, Reading reading)
    {
        var (disclosed, elsewhere) = knowledge.Disclose(clearance, subject: null, at, reading);
        return new(disclosed.ToTrendView(), elsewhere, clearance.History.Number);
    }
}
