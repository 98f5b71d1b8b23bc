using System.Globalization;
using CrossBorderSoc.Contracts.Observables.Normalisers;

namespace CrossBorderSoc.Contracts.Observables;

/// <summary>
/// A network of either family as the first bits of 128, the others clear; an address is the network of itself. IPv4 stands within
/// <c>::ffff:0:0/96</c>, so that both families are numbers of one kind and never mix: no IPv4 network is shorter than that.
/// </summary>
/// <param name="Base">The bits.</param>
/// <param name="Length">How many of them name the network, 0 to 128.</param>
public readonly record struct IpNetwork(UInt128 Base, int Length)
{
    /// <summary>How long an IPv4 network of length 0 is here.</summary>
    public const int Ipv4Start = 96;

    /// <summary>How long an address is.</summary>
    public const int AddressLength = 128;

    private static readonly UInt128 Ipv4Base = (UInt128)0xFFFF << 32;

    /// <summary>Whether it is of IPv4.</summary>
    public bool IsIpv4 => Length >= Ipv4Start && Ipv6.IsMapped(Base);

    /// <summary>Reads an observable that is an address or a network; false for any other.</summary>
    public static bool TryRead(in Observable observable, out IpNetwork network)
    {
        network = default;
        var text = observable.Text.AsSpan();
        var slash = text.IndexOf('/');
        var literal = slash < 0 ? text : text[..slash];
        UInt128 bits;
        switch (observable.Type)
        {
            case ObservableType.Ipv4Addr or ObservableType.Ipv4Cidr when Ipv4.TryParse(literal, out var four):
                bits = Ipv4Base | four;
                break;
            case ObservableType.Ipv6Addr or ObservableType.Ipv6Cidr when Ipv6.TryParse(literal, out bits):
                break;
            default:
                return false;
        }
        var start = observable.Type == ObservableType.Ipv4Cidr ? Ipv4Start : 0;
        network = new(bits, slash < 0 ? AddressLength : start + int.Parse(text[(slash + 1)..], CultureInfo.InvariantCulture));
        return true;
    }

    /// <summary>The network of a length, at most its own, that contains this one.</summary>
    public IpNetwork Widen(int length) =>
        new(length == 0 ? 0 : Base & (UInt128.MaxValue << (AddressLength - length)), length);

    /// <summary>The observable, always a network: an address is one of <c>/32</c> or <c>/128</c>.</summary>
    public Observable ToNetwork()
    {
        if (IsIpv4)
            return new(ObservableType.Ipv4Cidr, string.Create(null, $"{Ipv4.Format((uint)Base)}/{Length - Ipv4Start}"));
        var buffer = new TextBuffer(stackalloc char[48]);
        Ipv6.Format(Base, ref buffer);
        buffer.Append('/');
        buffer.Append(Length.ToString(CultureInfo.InvariantCulture));
        return new(ObservableType.Ipv6Cidr, buffer.Written.ToString());
    }
}
