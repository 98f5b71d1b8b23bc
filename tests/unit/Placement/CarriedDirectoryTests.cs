using System.Net;
using CrossBorderSoc.Silo.Placement;
using Orleans.GrainDirectory;
using Orleans.Runtime;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Placement;

/// <summary>The directory remembers nothing and guards: a registration counts only on a silo that carries the home.</summary>
public sealed class CarriedDirectoryTests
{
    [Theory]
    [InlineData("BE,hub/be-0", "BE/0a1b", true)]
    [InlineData("BE,hub/be-0", "hub/0a1b", true)]
    [InlineData("BE,hub/be-0", "DE/0a1b", false)]
    [InlineData("BE,hub/be-0", "B/0a1b", false)]
    [InlineData("BE,hub/be-0", "be/0a1b", false)]
    [InlineData("/edge-0", "BE/0a1b", false)]
    [InlineData("no-homes", "no-homes/0a1b", false)]
    public async Task Register_OnASiloThatDoesNotCarryTheHome_IsRefused(string silo, string key, bool isCarried)
    {
        var directory = new CarriedDirectory(new Silo(silo));
        var address = new GrainAddress { GrainId = GrainId.Create("nationalindicator", key) };
        if (isCarried) (await directory.Register(address)).ShouldBe(address);
        else Should.Throw<InvalidOperationException>(() => directory.Register(address));
        if (isCarried) (await directory.Register(address, previousAddress: null)).ShouldBe(address);
        else Should.Throw<InvalidOperationException>(() => directory.Register(address, previousAddress: null));
        (await directory.Lookup(address.GrainId)).ShouldBeNull("it remembers nothing");
    }

    private sealed class Silo(string name) : ILocalSiloDetails
    {
        public string Name => name;
        public string ClusterId => "test";
        public string DnsHostName => "localhost";
        public SiloAddress SiloAddress { get; } = SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 1), 1);
        public SiloAddress GatewayAddress => SiloAddress;
    }
}
