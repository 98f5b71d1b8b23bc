namespace CrossBorderSoc.Contracts.Actors;

/// <summary>
/// The grid cannot answer now: a store that cannot write, no valid policy, no silo of a jurisdiction, an error while deciding.
/// Never rendered as absence. The message names no value and no organisation.
/// </summary>
[GenerateSerializer, Alias("GridUnavailableException")]
public sealed class GridUnavailableException : Exception, INamesNoValue
{
    /// <summary>With a message for the operator and the caller.</summary>
    public GridUnavailableException(string message) : base(message) { }

    /// <summary>With a message and the cause.</summary>
    public GridUnavailableException(string message, Exception cause) : base(message) => Cause = cause;

    /// <summary>Why, on the node that throws; it stays there, since other nodes need not know its type.</summary>
    [field: NonSerialized]
    public Exception? Cause { get; }
}

/// <summary>
/// The store of a home cannot write (its disk is full, say) and nothing of a batch was taken. The same for everybody who writes
/// there, so it may be told (declassification <c>capacity</c>).
/// </summary>
[GenerateSerializer, Alias("StoreCannotWriteException")]
public sealed class StoreCannotWriteException() : Exception("The store cannot write now; nothing of the batch was taken."), INamesNoValue;

/// <summary>The call carried no valid token, or one that does not allow the call.</summary>
[GenerateSerializer, Alias("CallerRefusedException")]
public sealed class CallerRefusedException(string message) : Exception(message), INamesNoValue;
