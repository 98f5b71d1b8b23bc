using System.Buffers;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Gateway.Push;
using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Gateway;

/// <summary>A few bytes on the wire never become much memory.</summary>
public sealed class RawBatchTests
{
    private const int BytesPerByteMax = 20;

    public static TheoryData<string, byte[]> Inflating => new()
    {
        { "BATCH_TOO_MANY", Repeat([0x12, 0x00]) },
        { "BATCH_TOO_MANY_FIELDS", Sightings(Repeat([0x12, 0x00], 800)) },
        { "BATCH_TOO_MANY_FIELDS", Sightings(Repeat([0x12, 0x00], Bounds.BatchBytesMax / 2 - 8)) },
        { "", Repeat([0xb8, 0x3e, 0x01]) },
        { "", Sightings(Repeat([0x4a, 126, .. Repeat([0x1a, 0x00], 63)], 3)) },
    };

    [Theory]
    [MemberData(nameof(Inflating))]
    public void Parse_WhateverFillsTheLargestBatch_TakesBoundedMemory(string reason, byte[] message)
    {
        message.Length.ShouldBeGreaterThan(Bounds.BatchBytesMax / 2);
        Parse(message);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Parse(message).ShouldBe(reason);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan((long)message.Length * BytesPerByteMax);
    }

    [Fact]
    public void Parse_LargestBatchWithRealContent_IsTaken()
    {
        var batch = new V1.SightingBatch { Sequence = 1 };
        while (batch.Sightings.Count < 5_000)
        {
            var sighting = Samples.Sighting(batch.Sightings.Count);
            sighting.Observables.Clear();
            for (var i = 0; i < 38; i++) sighting.Observables.Add(new V1.Observable { Type = "url", Value = $"h://a/{i:d4}" });
            batch.Sightings.Add(sighting);
        }
        batch.CalculateSize().ShouldBeInRange(Bounds.BatchBytesMax * 9 / 10, Bounds.BatchBytesMax);
        RawBatch.Copy(new(batch.ToByteArray())).Parse().ShouldBe(batch);
    }

    [Theory]
    [InlineData(new byte[] { 0x12, 0x7f, 0x01 })]
    [InlineData(new byte[] { 0x12, 0x02, 0x12, 0x7f })]
    [InlineData(new byte[] { 0x12, 0x01, 0x80 })]
    [InlineData(new byte[] { 0x08 })]
    [InlineData(new byte[] { 0x0c })]
    public void Parse_WhatIsNoBatch_IsRefused(byte[] message) => Parse(message).ShouldBe("MALFORMED_BATCH");

    private static string Parse(byte[] message)
    {
        try
        {
            RawBatch.Copy(new ReadOnlySequence<byte>(message)).Parse();
            return "";
        }
        catch (RpcException refused)
        {
            refused.StatusCode.ShouldBe(StatusCode.InvalidArgument);
            return refused.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Reason;
        }
    }

    private static byte[] Repeat(byte[] unit, int? times = null) =>
        [.. Enumerable.Repeat(unit, times ?? Bounds.BatchBytesMax / unit.Length).SelectMany(each => each)];

    private static byte[] Sightings(byte[] content)
    {
        var one = new MemoryStream();
        using (var output = new CodedOutputStream(one, leaveOpen: true))
        {
            output.WriteRawTag(0x12);
            output.WriteBytes(ByteString.CopyFrom(content));
        }
        return Repeat(one.ToArray(), Math.Max(1, Math.Min(Bounds.BatchSightingsMax, Bounds.BatchBytesMax / (int)one.Length)));
    }
}
