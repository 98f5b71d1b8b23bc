namespace CrossBorderSoc.Client.Access;

/// <summary>The grid cannot be asked; the message says why, and what to do about it.</summary>
public sealed class GridAccessException : Exception
{
    /// <summary>An error without a message.</summary>
    public GridAccessException()
    {
    }

    /// <summary>Says what is wrong and what to do.</summary>
    public GridAccessException(string message)
        : base(message)
    {
    }

    /// <summary>Says what is wrong and what to do, with the cause.</summary>
    public GridAccessException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
