using CrossBorderSoc.Gateway.Incidents;
using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Tests.Model.Generation;
using Shouldly;
using M = CrossBorderSoc.Tests.Model;
using MD = CrossBorderSoc.Tests.Model.Disclosure;
using MI = CrossBorderSoc.Tests.Model.Incidents;
using MS = CrossBorderSoc.Tests.Model.Sightings;
using MV = CrossBorderSoc.Tests.Model.Views;

namespace CrossBorderSoc.Tests.Unit.Disclosure;

/// <summary>A world that a test says by hand, and what its partners are told of incidents in it, each answer compared with the model's.</summary>
internal sealed class ExtremeWorld
{
    private readonly List<MS.Sighting> _sightings = [];
    private readonly Dictionary<string, MI.Picture> _pictures = [];
    private readonly List<M.Policy.Agreement> _agreements = [];
    private ComposedGrid? _grid;

    /// <summary>Every partner.</summary>
    public static IReadOnlyList<string> Partners { get; } = [.. Palette.Organisations.Select(each => each.Id)];

    /// <summary>When it is asked for.</summary>
    public DateTimeOffset At { get; init; } = Palette.Noon;

    public static MS.Observable Value(string name) => new("domain-name", name + ".example");

    /// <summary>What an owner saw an hour before, open to all.</summary>
    public ExtremeWorld Say(string owner, params MS.Observable[] values) => Say(owner, MS.Tlp.Green, [], At.AddHours(-1), values);

    /// <summary>What an owner tells named organisations only.</summary>
    public ExtremeWorld Tell(string owner, string[] organisations, params MS.Observable[] values) =>
        Say(owner, MS.Tlp.Red, organisations, At.AddHours(-1), values);

    /// <summary>What an owner last saw at an instant.</summary>
    public ExtremeWorld Say(string owner, DateTimeOffset seen, params MS.Observable[] values) => Say(owner, MS.Tlp.Green, [], seen, values);

    /// <summary>What an owner keeps from all but its agreements.</summary>
    public ExtremeWorld Keep(string owner, params MS.Observable[] values) =>
        Say(owner, MS.Tlp.AmberStrict, [], At.AddHours(-1), values);

    /// <summary>What is open to all from an instant on, or until one.</summary>
    public ExtremeWorld SayBetween(string owner, DateTimeOffset? embargo, DateTimeOffset? expiry, params MS.Observable[] values)
    {
        Say(owner, values);
        var said = _sightings[^1];
        _sightings[^1] = said with { Marking = said.Marking with { EmbargoUntil = embargo, ExpiresAt = expiry } };
        return this;
    }

    /// <summary>Two states see each of some values together.</summary>
    public ExtremeWorld SayTwice(params MS.Observable[] values) => Say("soc.be", values).Say("soc.de", values);

    /// <summary>All that an owner says, in full, or what it says of some types.</summary>
    public ExtremeWorld Agree(string provider, string consumer, params string[] types)
    {
        _agreements.Add(new(
            $"agreement-{_agreements.Count}", provider, consumer, MS.Level.Full, MS.Tlp.AmberStrict, types, [], Palette.Noon.AddDays(-30)));
        return this;
    }

    /// <summary>What a partner is told around a value; null where it is not core for that partner.</summary>
    public Incident? Ask(string partner, MS.Observable value)
    {
        var world = new M.World([Policy()], _sightings, At);
        _grid ??= new(world);
        var incident = _grid.Incident(value.ToProduct(), new Clearance(new(partner), _grid.History), At.ToUnixTimeMilliseconds());
        if (!_pictures.TryGetValue(partner, out var picture))
            _pictures[partner] = picture = new(_sightings.Select(each => MD.Form.Of(world, each, new(partner), At)).OfType<MD.Form>(), At);
        var expected = MI.Walk.From(picture, value);
        Sample.Same(IncidentModelTests.ToText(incident), expected?.Incident.ToText() ?? MV.Text.NotFound, $"{value} for {partner}");
        (incident?.IsTruncated ?? false).ShouldBe(expected?.IsTruncated ?? false, $"{value} for {partner}");
        return incident;
    }

    private ExtremeWorld Say(string owner, MS.Tlp tlp, string[] organisations, DateTimeOffset seen, MS.Observable[] values)
    {
        // What was asked before was of another world.
        _grid = null;
        _pictures.Clear();
        _sightings.Add(IncidentModelTests.Template with
        {
            Id = new Guid(_sightings.Count + 1, 0, 0, new byte[8]).ToString(),
            Owner = owner,
            Observables = [.. values.Order()],
            FirstSeen = seen,
            LastSeen = seen,
            AcceptedAt = seen,
            Marking = new(
                tlp, MS.Pap.Clear, MS.Marking.DefaultAttribution(tlp), [.. organisations.Select(each => "organisation:" + each)]),
        });
        return this;
    }

    private M.Policy.PolicyVersion Policy() => new(
        1, Palette.Noon.AddDays(-60),
        [.. Palette.Organisations.Select(each => new M.Policy.Organisation(each.Id, each.Jurisdiction, each.Kind, [], []))], _agreements);
}
