using System.Text;
using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Contracts.Sightings;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Disclosure;

public class PolicyHistoryTests
{
    [Fact]
    public void Append_SameContentInAnotherOrder_IsTheSameHistory()
    {
        var history = Samples.Policy(Samples.Agreed("a.be", "c.de"), Samples.Agreed("b.be", "c.de"));
        history.Append(history.Newest!.Organisations.Reverse(), history.Newest.Agreements.Reverse()).ShouldBeSameAs(
            history);
        var next = history.Append(history.Newest.Organisations, []);
        (next.Number, next.Newest!.Number).ShouldBe((2, 2));
        next.ContentHash.ShouldNotBe(history.ContentHash);
        next.Versions[0].ShouldBeSameAs(history.Versions[0]);
    }

    [Fact]
    public void FromBytes_WhatWasWritten_IsEqual()
    {
        var history = Samples.Policy(
            Samples.Agreed("a.be", "community:x", DisclosureLevel.Redacted, Tlp.Green, Samples.Ip, 5, 6,
                revoked: true) with
            {
                Kinds = [SightingKind.Positive, SightingKind.Expiration],
            });
        history = history.Append([Samples.Org("a.be", ["x", "y"], ["b.be"])], []);
        var read = PolicyHistory.FromBytes(history.ToBytes());
        read.ContentHash.ShouldBe(history.ContentHash);
        read.Versions[0].Agreements.ShouldBe(history.Versions[0].Agreements);
        read.Append(history.Newest!.Organisations, history.Newest.Agreements).ShouldBeSameAs(read);
    }

    [Fact]
    public void FromBytes_Damaged_IsInvalidData()
    {
        var bytes = Samples.Policy(Samples.Agreed("a.be", "c.de")).ToBytes();
        for (var length = 0; length < bytes.Length; length++)
        {
            var cut = bytes[..length];
            Should.Throw<InvalidDataException>(() => PolicyHistory.FromBytes(cut));
        }
        foreach (var text in new[] { "null", "{}", """{"format":2,"versions":[]}""",
            """{"format":1,"versions":[null]}""",
            """{"format":1,"versions":[{"o":[null],"a":[]}]}""" })
            Should.Throw<InvalidDataException>(() => PolicyHistory.FromBytes(Encoding.UTF8.GetBytes(text)));
    }

    [Fact]
    public void Append_OneTwice_IsRefused() => Should.Throw<ArgumentException>(() =>
        PolicyHistory.Empty.Append([Samples.Org("a.be"), Samples.Org("a.be")], []));

    [Fact]
    public void Append_PastTheBound_IsRefused()
    {
        var history = PolicyHistory.Empty;
        for (var n = 0; n < PolicyBounds.VersionsMax; n++) history = history.Append([Samples.Org($"o{n}.be")], []);
        Should.Throw<InvalidOperationException>(() => history.Append([], []));
    }
}
