using CrossBorderSoc.Contracts.Encoding;
using CrossBorderSoc.Contracts.Views;

namespace CrossBorderSoc.Grains.Disclosure;

/// <summary>
/// What was said of a subject within one compartment. It merges commutatively and associatively, and has no public
/// member:
/// <see cref="Compartmented{T}"/> alone holds one, and its <c>Disclose</c> alone reads one.
/// </summary>
/// <typeparam name="TSelf">The type itself.</typeparam>
public interface IKnowledge<TSelf> where TSelf : class, IKnowledge<TSelf>
{
    /// <summary>As how many different markings of its owner it counts (design 3.1.7).</summary>
    internal int Uses => 1;

    /// <summary>Adds one statement.</summary>
    internal void Add(in Statement statement);

    /// <summary>Adds everything that another knows, which stays as it is.</summary>
    internal void Merge(TSelf other);

    /// <summary>Writes it, equal knowledge in equal bytes.</summary>
    internal void Write(ByteWriter writer);

    /// <summary>Reads what <see cref="Write"/> wrote, in this version of the format or an earlier one.</summary>
    internal static abstract TSelf Read(ref ByteReader reader, byte version);

    /// <summary>Adds it to what is disclosed, in the form that the terms allow, and nothing else.</summary>
    internal void DiscloseInto(Gathering disclosed, in Terms terms);
}
