using System.Buffers;
using CrossBorderSoc.Gateway.Errors;
using Google.Protobuf;
using Grpc.Core;

namespace CrossBorderSoc.Gateway.Push;

/// <summary>
/// A batch as it came. It is parsed only when its bytes have been taken from the budget and its shape has been looked at: two
/// bytes of a message can become an object of a hundred.
/// </summary>
internal sealed class RawBatch
{
    private readonly byte[] _rented;

    private static readonly MessageParser<V1.SightingBatch> Parser = V1.SightingBatch.Parser.WithDiscardUnknownFields(true);

    private RawBatch(byte[] rented, int length) => (_rented, Length) = (rented, length);

    /// <summary>Its size in bytes.</summary>
    public int Length { get; }

    /// <summary>How gRPC reads one: a copy in a buffer that <see cref="Parse"/> gives back.</summary>
    public static Marshaller<RawBatch> Marshaller { get; } = Marshallers.Create(
        static (RawBatch _, SerializationContext _) => throw new NotSupportedException("Batches come in only."),
        static context => Copy(context.PayloadAsReadOnlySequence()));

    /// <summary>Parses it, once.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT: too many bytes or parts, or no batch at all.</exception>
    public V1.SightingBatch Parse()
    {
        try
        {
            BatchShape.Check(_rented, Length);
            return Parser.ParseFrom(_rented, 0, Length);
        }
        catch (Exception failure) when (failure is InvalidProtocolBufferException or InvalidDataException)
        {
            throw Refused.MalformedBatch();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(_rented);
        }
    }

    /// <summary>A batch of these bytes.</summary>
    public static RawBatch Copy(ReadOnlySequence<byte> bytes)
    {
        var length = checked((int)bytes.Length);
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        bytes.CopyTo(buffer);
        return new(buffer, length);
    }
}
