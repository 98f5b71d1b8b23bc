using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Identity;
using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Grains.Disclosure;

namespace CrossBorderSoc.Grains.Identity;

/// <summary>Who calls, from the verified token and the policy: an owner who brings, or a partner who asks.</summary>
public sealed class CallerDirectory(TokenVerifier verifier, IPolicyReplica policy, ClearanceCache clearances)
{
    /// <summary>The grid's time, Unix milliseconds UTC.</summary>
    public long Now => policy.Now;

    /// <summary>The organisation that brings sightings. Needs no lease: ingest goes on when the hub is out of reach.</summary>
    public Owner OwnerOf(CallerToken token)
    {
        var organisation = OrganisationOf(token, policy.LastKnown, out var newest, out _);
        return new(organisation.Id, new(organisation.Jurisdiction), newest.Number);
    }

    /// <summary>
    /// The right to see of a caller, as of the question's instant. Throws <see cref="GridUnavailableException"/> without a valid
    /// lease on the policy, since what may have been narrowed meanwhile is not shown; and when the instant is not near enough to
    /// this node's own time. What is asked of the caller's own statements alone needs neither: no policy narrows them.
    /// </summary>
    public Asker AskerOf(in Question question)
    {
        var history = question.IsOwnOnly ? policy.LastKnown
            : policy.Current ?? throw new GridUnavailableException("This node has no valid lease on the policy.");
        var organisation = OrganisationOf(question.Token, history, out var newest, out var person);
        if (!MayStillTell(question))
            throw new GridUnavailableException("The question is of an instant too far from this node's time.");
        var clearance = clearances.Get(new Caller(organisation.Id, person, question.Outlet, question.IsOwnOnly), history!);
        return new(new(organisation.Jurisdiction), clearance, newest.Number, question.At);
    }

    /// <summary>Whether an answer to a question could still be told.</summary>
    public bool MayStillTell(in Question question) => question.IsOwnOnly || policy.Accepts(question.At);

    private Organisation OrganisationOf(
        CallerToken token, PolicyHistory? history, out PolicyVersion newest, out string? person)
    {
        if (verifier.Verify(token).Caller is not { Organisation: { } id } caller)
            throw new CallerRefusedException("The call needs an organisation's token.");
        newest = history?.Newest ?? throw new GridUnavailableException("No policy is known to this node yet.");
        person = caller.Person is { } full ? full[..full.LastIndexOf('@')] : null;
        return newest.Find(id) ?? throw new CallerRefusedException("The organisation is not of this consortium.");
    }
}

/// <summary>An organisation that brings sightings.</summary>
/// <param name="OrganisationId">Its identifier.</param>
/// <param name="Home">Its jurisdiction.</param>
/// <param name="PolicyVersion">The newest policy version: the audience epoch of what it brings now.</param>
public readonly record struct Owner(string OrganisationId, Home Home, int PolicyVersion);

/// <summary>A partner who asks, at an instant.</summary>
/// <param name="Home">The organisation's jurisdiction.</param>
/// <param name="Clearance">Its compiled right to see.</param>
/// <param name="PolicyVersion">The newest policy version of that right.</param>
/// <param name="At">The instant of the question, Unix milliseconds UTC.</param>
public readonly record struct Asker(Home Home, Clearance Clearance, int PolicyVersion, long At);
