using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Grains.Disclosure;
using CsCheck;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Disclosure;

public class CompartmentCodecTests
{
    private static readonly Compartment Sample = new(
        "csirt.be", "BE", Samples.Marked(Tlp.Amber, "organisation:a", "community:b", "person:c@d") with
        {
            EmbargoUntil = -5,
            ExpiresAt = long.MaxValue,
        }, SightingKind.FalsePositive, 1024, new ObservableTypeSet(0x7FE));

    [Fact]
    public void Read_WhatWasEncoded_IsEqual() => Samples.Compartments.Sample(compartment =>
    {
        var read = CompartmentCodec.Read(compartment.Encoded);
        read.ShouldBe(compartment);
        (read.Owner, read.Jurisdiction, read.Marking, read.Kind, read.AudienceEpoch, read.Types).ShouldBe((
            compartment.Owner, compartment.Jurisdiction, compartment.Marking, compartment.Kind,
            compartment.AudienceEpoch, compartment.Types));
    });

    [Fact]
    public void Read_CutAnywhere_IsInvalidData()
    {
        CompartmentCodec.Read(Sample.Encoded).ShouldBe(Sample);
        for (var length = 0; length < Sample.Encoded.Length; length++)
        {
            var cut = Sample.Encoded[..length].ToArray();
            Should.Throw<InvalidDataException>(() => CompartmentCodec.Read(cut));
        }
    }

    [Fact]
    public void Read_AnyByteChanged_IsAnotherCompartmentOrInvalidData()
    {
        for (var i = 0; i < Sample.Encoded.Length; i++)
            for (var bit = 0; bit < 8; bit++)
            {
                var damaged = Sample.Encoded.ToArray();
                damaged[i] ^= (byte)(1 << bit);
                try
                {
                    CompartmentCodec.Read(damaged).ShouldNotBe(Sample);
                }
                catch (InvalidDataException)
                {
                }
            }
    }

    [Fact]
    public void Read_TrailingByte_IsInvalidData() =>
        Should.Throw<InvalidDataException>(() => CompartmentCodec.Read([.. Sample.Encoded, 0]));

    [Fact]
    public void Cache_SameBytes_SameInstanceWithoutAllocation()
    {
        var cache = new CompartmentCache();
        var first = cache.Get(Sample.Encoded);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var second = cache.Get(Sample.Encoded);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        second.ShouldBeSameAs(first);
        cache.Get(Sample).ShouldBeSameAs(first);
    }

    [Fact]
    public void Cache_MoreThanItsBound_StillRightAndBounded()
    {
        var cache = new CompartmentCache(max: 8);
        for (var epoch = 1; epoch <= 1000; epoch++)
        {
            var compartment = Samples.In("a.be", Samples.Marked(Tlp.Clear), epoch: epoch);
            cache.Get(compartment).ShouldBe(compartment);
            cache.Get(Samples.In("a.be", Samples.Marked(Tlp.Clear), epoch: Math.Max(1, epoch - 2))).AudienceEpoch
                .ShouldBe(Math.Max(1, epoch - 2));
        }
    }
}
