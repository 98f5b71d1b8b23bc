namespace CrossBorderSoc.Cli.Running;

/// <summary>The command line asks for something that cannot be done; the message says what is wrong.</summary>
public sealed class UsageException : Exception
{
    /// <summary>An error without a message.</summary>
    public UsageException()
    {
    }

    /// <summary>Says what is wrong.</summary>
    public UsageException(string message)
        : base(message)
    {
    }

    /// <summary>Says what is wrong, with the cause.</summary>
    public UsageException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
