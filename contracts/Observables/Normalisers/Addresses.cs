namespace CrossBorderSoc.Contracts.Observables.Normalisers;

/// <summary>
/// An IP address of either family. The literal decides the type, whichever of the two was asked for, so that one
/// address has one type; an IPv4-mapped IPv6 address is the IPv4 address.
/// </summary>
internal static class Addresses
{
    public static Canonical Normalise(string text)
    {
        if (Ipv4.TryParse(text, out _)) return Canonical.Of(ObservableType.Ipv4Addr, text);
        var plain = Defang.MayBeMarked(text) ? Defang.Undo(text) : text;
        if (Ipv4.TryParse(plain, out _)) return Canonical.Of(ObservableType.Ipv4Addr, plain);
        if (!Ipv6.TryParse(plain, out var address))
            return Canonical.Refuse(
                "Neither four decimal numbers without leading zeros nor an IPv6 address without zone.");
        if (Ipv6.IsMapped(address)) return Canonical.Of(ObservableType.Ipv4Addr, Ipv4.Format((uint)address));

        var buffer = new TextBuffer(stackalloc char[40]);
        Ipv6.Format(address, ref buffer);
        return Canonical.Of(ObservableType.Ipv6Addr, buffer.ToString(plain));
    }
}
