namespace CrossBorderSoc.Gateway.Warninglists;

/// <summary>Warninglists that cannot be used. The message names the file and the place in it.</summary>
internal sealed class WarninglistsRefusedException(string message, Exception? inner = null) : IOException(message, inner);
