using CrossBorderSoc.Client.Access;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Client;

public sealed class FailureTextTests
{
    [Fact]
    public void Of_StoreThatCannotWrite_SaysSoAndDoesNotAskWhetherTheGridRuns()
    {
        var text = FailureText.Of(GridFailure.Of(Unavailable("STORE_CANNOT_WRITE")));
        text.ShouldContain("cannot write");
        text.ShouldNotContain("running");
    }

    [Fact]
    public void Of_GridThatAnswersThatItCannotAnswer_DoesNotAskWhetherItRuns() =>
        FailureText.Of(GridFailure.Of(Unavailable("GRID_UNAVAILABLE"))).ShouldNotContain("running");

    [Fact]
    public void Of_NobodyAtTheAddress_AsksWhetherTheGridRuns() =>
        FailureText.Of(GridFailure.Of(new(new(StatusCode.Unavailable, "connection refused")))).ShouldContain("Is it running");

    private static RpcException Unavailable(string reason) => new Google.Rpc.Status
    {
        Code = (int)StatusCode.Unavailable,
        Message = "a sentence",
        Details = { Any.Pack(new ErrorInfo { Domain = "crossbordersoc", Reason = reason }) },
    }.ToRpcException();
}
