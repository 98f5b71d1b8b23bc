using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;

namespace CrossBorderSoc.Gateway.Push;

/// <summary>The methods of <c>sighting_service.proto</c> as the gateway serves them: with batches as they came.</summary>
internal static class PushMethods
{
    private static readonly Method<RawBatch, V1.BatchAck> Push = new(
        MethodType.DuplexStreaming, Descriptor.FullName, nameof(Push), RawBatch.Marshaller,
        Marshallers.Create(static ack => ack.ToByteArray(), V1.BatchAck.Parser.ParseFrom));

    /// <summary>Read by gRPC reflection.</summary>
    public static ServiceDescriptor Descriptor => V1.SightingService.Descriptor;

    /// <summary>Called by gRPC to learn the methods.</summary>
    public static void BindService(ServiceBinderBase binder, PushEndpointBase? endpoint) =>
        binder.AddMethod(Push, endpoint is null ? null : new DuplexStreamingServerMethod<RawBatch, V1.BatchAck>(endpoint.Push));
}

/// <summary>What gRPC binds in place of the generated base class, which would parse batches at once.</summary>
[BindServiceMethod(typeof(PushMethods), nameof(PushMethods.BindService))]
internal abstract class PushEndpointBase
{
    /// <summary>Serves one stream.</summary>
    public abstract Task Push(
        IAsyncStreamReader<RawBatch> requestStream, IServerStreamWriter<V1.BatchAck> responseStream, ServerCallContext context);
}
