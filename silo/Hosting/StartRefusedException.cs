namespace CrossBorderSoc.Silo.Hosting;

/// <summary>The node cannot start as configured; the message says what to do.</summary>
public sealed class StartRefusedException(string message, Exception? inner = null) : Exception(message, inner);
