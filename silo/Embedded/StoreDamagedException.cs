using CrossBorderSoc.Contracts.Actors;

namespace CrossBorderSoc.Silo.Embedded;

/// <summary>The stored data are not what was acknowledged. The node must not start, or must stop; the message names the file.</summary>
public sealed class StoreDamagedException(string message, Exception? inner = null) : Exception(message, inner), INamesNoValue;

/// <summary>The directory cannot be opened by this node: it is in use, or of a newer format.</summary>
public sealed class StoreRefusedException(string message, Exception? inner = null) : Exception(message, inner);
