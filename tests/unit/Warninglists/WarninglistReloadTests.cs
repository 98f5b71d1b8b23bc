using System.Collections.Concurrent;
using CrossBorderSoc.Gateway;
using CrossBorderSoc.Gateway.Warninglists;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Warninglists;

public sealed class WarninglistReloadTests : IDisposable
{
    private readonly SomeLists _lists = new();
    private readonly FakeTimeProvider _time = new();
    private readonly Told _log = new();

    public void Dispose() => _lists.Dispose();

    [Fact]
    public async Task Directory_WhoseFilesChange_IsReadAgain_AndABrokenOneLeavesTheListsInForce()
    {
        var (lists, reload) = Start("old.example");
        reload.ReadFirst();
        await reload.StartAsync(CancellationToken.None);
        lists.Current.Holds(SomeLists.Value("old.example")).ShouldBeTrue();

        // The index first, which is the wrong order: it is refused once, and taken when the rest has come.
        _lists.WriteIndex("one", "two");
        await Passes(() => !_log.Errors.IsEmpty);
        _log.Errors.Single().ShouldContain(Path.Combine(_lists.Directory, "lists", "two.json") + ": it is missing");
        lists.Current.Holds(SomeLists.Value("old.example")).ShouldBeTrue();
        await Passes(() => true);
        _log.Errors.Count.ShouldBe(1, "told once, not at every look");

        _lists.Write("two", "string", ["domain"], "newer.example");
        await Passes(() => lists.Current.Holds(SomeLists.Value("newer.example")));
        lists.Current.Holds(SomeLists.Value("old.example")).ShouldBeTrue();

        // A list alone, the index as it was.
        _lists.Write("one", "string", ["domain"], "another.example");
        await Passes(() => lists.Current.Holds(SomeLists.Value("another.example")));
        lists.Current.Holds(SomeLists.Value("old.example")).ShouldBeFalse();
        await reload.StopAsync(CancellationToken.None);
    }

    [Fact]
    public void Start_WithABrokenFile_IsRefused()
    {
        var (_, reload) = Start("old.example");
        _lists.Write("one", "{");
        Should.Throw<WarninglistsRefusedException>(reload.ReadFirst).Message.ShouldContain("lists/one.json");
    }

    private (WarninglistsInForce Lists, WarninglistReload Reload) Start(string entry)
    {
        _lists.Write("one", "string", ["domain"], entry);
        _lists.WriteIndex("one");
        var lists = WarninglistsInForce.Of(_lists.Directory);
        return (lists, new(lists, Options.Create(new GatewayOptions { Warninglists = _lists.Directory }), _time, _log));
    }

    private Task Passes(Func<bool> condition) => Eventually.Holds(
        () =>
        {
            _time.Advance(WarninglistReload.LookEvery);
            return condition();
        },
        "the change is found");

    private sealed class Told : ILogger<WarninglistReload>
    {
        public ConcurrentQueue<string> Errors { get; } = new();

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel >= LogLevel.Error) Errors.Enqueue(formatter(state, exception));
        }
    }
}
