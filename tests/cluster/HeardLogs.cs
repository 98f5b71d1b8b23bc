using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace CrossBorderSoc.Tests.Cluster;

/// <summary>Keeps everything that is logged, of every level, exceptions whole.</summary>
internal sealed class HeardLogs : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyCollection<string> Lines => _lines;

    public ILogger CreateLogger(string categoryName) => new Ear(this, categoryName);

    public void Dispose()
    {
        // What was heard is looked at afterwards.
    }

    private sealed class Ear(HeardLogs logs, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull
        {
            logs._lines.Enqueue($"{category} scope {state}");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            logs._lines.Enqueue($"{category} {logLevel} {formatter(state, exception)} {exception}");
    }
}
