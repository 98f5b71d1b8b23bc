using System.Security.Cryptography;
using System.Text;
using CrossBorderSoc.Tests.Model.Sightings;

namespace CrossBorderSoc.Tests.Model.Incidents;

/// <summary>
/// DESIGN 3.4: <c>INC-</c> and base32 (RFC 4648) of HMAC-SHA256 under the hub's key, as reading 6 of decision 6 has it: of the value's
/// digest and a byte that says "incident", the first 160 bits.
/// </summary>
public static class Identifier
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const byte OfIncidents = 1;
    private const int Bytes = 20;

    public static string Of(byte[] hubKey, Observable node)
    {
        byte[] value = [(byte)(Words.Place(Observable.Types, node.Type) + 1), .. Encoding.UTF8.GetBytes(node.Value)];
        byte[] hashed = [.. SHA256.HashData(value), OfIncidents];
        var hash = HMACSHA256.HashData(hubKey, hashed)[..Bytes];
        var bits = string.Concat(hash.Select(each => Convert.ToString(each, toBase: 2).PadLeft(8, '0')));
        return "INC-" + string.Concat(bits.Chunk(5).Select(five => Alphabet[Convert.ToInt32(new string(five), fromBase: 2)]));
    }
}
