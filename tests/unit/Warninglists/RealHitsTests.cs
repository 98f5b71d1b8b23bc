using System.Globalization;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Gateway.Warninglists;
using CrossBorderSoc.Tests.Model.Loading;
using CrossBorderSoc.Tests.Model.Warninglists;
using CrossBorderSoc.Tests.Unit.Disclosure;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Warninglists;

public sealed class RealHitsTests(ITestOutputHelper output)
{
    [Fact]
    public void Hits_OnEveryRealValue_AreTheIndependentMatchers()
    {
        using var unpacked = new SomeLists().Unpack();
        var matcher = Matcher.Load(unpacked.Directory);
        var lists = WarninglistsInForce.Shipped().Current;
        var values = RealValues();
        var hits = 0;
        Parallel.ForEach(values, value =>
        {
            var names = lists.NamesOf(value);
            names.ShouldBe(matcher.NamesOf(value.ToModel()), value.Text);
            lists.Holds(value).ShouldBe(!names.IsEmpty, value.Text);
            if (!names.IsEmpty) Interlocked.Increment(ref hits);
        });
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{hits} of {values.Count} real values are on a warninglist"));
        hits.ShouldBeGreaterThan(10_000);
    }

    [Fact]
    public void Question_TakesNoMemory()
    {
        var lists = WarninglistsInForce.Shipped().Current;
        var values = RealValues().Where(value => value.Type is not (ObservableType.Url or ObservableType.EmailAddr)).ToArray();
        foreach (var value in values) lists.Holds(value);
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var value in values) lists.Holds(value);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private static IReadOnlyList<Observable> RealValues() =>
    [
        .. RealStream.Load(
            SharedData.FolderOrSkip("cross-border-2026"), DateTimeOffset.UnixEpoch, (type, value) =>
                ObservableParser.TryParse(type, value, out var observable, out _)
                    ? (ObservableTypes.NameOf(observable.Type), observable.Text)
                    : throw new InvalidOperationException(value))
            .Observables.Select(value => value.ToProduct()),
    ];
}
