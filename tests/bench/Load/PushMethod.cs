using CrossBorderSoc.V1;
using Google.Protobuf;
using Grpc.Core;

namespace CrossBorderSoc.Tests.Bench.Load;

/// <summary><c>SightingService.Push</c> with batches that are serialised already.</summary>
internal static class PushMethod
{
    public static Method<OutgoingBatch, BatchAck> Instance { get; } = new(
        MethodType.DuplexStreaming, "crossbordersoc.v1.SightingService", "Push",
        Marshallers.Create<OutgoingBatch>(Write, _ => throw new NotSupportedException("The client sends batches only.")),
        Marshallers.Create(ack => ack.ToByteArray(), BatchAck.Parser.ParseFrom));

    private static void Write(OutgoingBatch batch, SerializationContext context)
    {
        var length = batch.Template.Length;
        context.SetPayloadLength(length);
        var writer = context.GetBufferWriter();
        batch.Template.Write(writer.GetSpan(length)[..length], batch.Fresh, batch.FirstValue);
        writer.Advance(length);
        context.Complete();
    }
}
