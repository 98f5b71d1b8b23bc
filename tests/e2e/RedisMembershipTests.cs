using CrossBorderSoc.V1;
using Grpc.Core;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.E2e;

/// <summary>With the list of nodes in a Redis no node is special: the hub may go and come back, and the states wait for it.</summary>
public sealed class RedisMembershipTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Hub_KilledAndBack_GetsWhatTheStatesTookInMeanwhile()
    {
        if (!RedisProcess.IsInstalled) Assert.Skip("redis-server is not installed");
        using var redis = await RedisProcess.Start();
        await using var grid = await ManyNodes.Start(redis);
        (await grid.Push(ManyNodes.Gateway, "nsoc.be", Tlp.Green, "before.example")).Accepted.ShouldBe(1u);

        await grid[ManyNodes.Hub].Kill();
        (await grid.Push(ManyNodes.Be, "nsoc.be", Tlp.Green, "meanwhile.example")).Accepted.ShouldBe(1u, "a state takes in without the hub");
        await grid.Restart(ManyNodes.Hub);
        foreach (var domain in (string[])["before.example", "meanwhile.example"])
            await Eventually.Holds(
                async () => await ManyNodes.StatusOf(grid.See(ManyNodes.Gateway, "nsoc.de", domain)) == StatusCode.OK,
                $"{domain} is released", Patience);
        (await grid.See(ManyNodes.Gateway, "nsoc.de", "before.example")).UnavailableJurisdictions.ShouldNotContain("BE");
    }
}
