using System.Net;
using CrossBorderSoc.Silo.Peers;
using Orleans.Runtime;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Peers;

/// <summary>What a dial found is kept until another finds who should be there, and does not grow.</summary>
public sealed class RefusedDialsTests
{
    private readonly RefusedDials _dials = new();

    [Fact]
    public void Silo_ThatWasDialledInVain_IsRefused_UntilARightOneIsThere()
    {
        _dials.Note([At(1, 7), At(2, 7)]);
        _dials.Hold(At(1, 7)).ShouldBeTrue();
        _dials.Hold(At(1, 8)).ShouldBeFalse("another start of a silo is another silo");
        _dials.Forget(At(1, 0).Endpoint);
        _dials.Hold(At(1, 7)).ShouldBeFalse();
        _dials.Hold(At(2, 7)).ShouldBeTrue();
    }

    [Fact]
    public void Silos_ThatAreNoted_AreBounded()
    {
        _dials.Note(Enumerable.Range(1, RefusedDials.SilosMax).Select(port => At(port, 1)));
        _dials.Hold(At(1, 1)).ShouldBeTrue();
        _dials.Note([At(RefusedDials.SilosMax + 1, 1)]);
        _dials.Hold(At(1, 1)).ShouldBeFalse("the next dial finds it again");
    }

    private static SiloAddress At(int port, int generation) => SiloAddress.New(new IPEndPoint(IPAddress.Loopback, port), generation);
}
