using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Net.Client;

namespace CrossBorderSoc.Tests.Cluster;

/// <summary>A call that a test makes: a method and what is sent to it.</summary>
internal sealed record RpcCase(MethodDescriptor Method, params IMessage[] Sent)
{
    /// <summary>Every method of every service of the grid's protos, found by reflection.</summary>
    public static IReadOnlyList<MethodDescriptor> AllMethods { get; } =
    [
        .. typeof(V1.SightingService).Assembly.GetTypes()
            .Select(type => type.GetProperty("Descriptor", typeof(ServiceDescriptor))?.GetValue(null)).OfType<ServiceDescriptor>()
            .SelectMany(service => service.Methods).OrderBy(method => method.FullName, StringComparer.Ordinal),
    ];

    public override string ToString() => $"{Method.Name}({string.Join(", ", Sent.Select(JsonFormatter.ToDiagnosticString))})";
}

/// <summary>Everything that a client gets of a call, byte for byte, but the clock of the headers.</summary>
/// <param name="Code">The status.</param>
/// <param name="Text">Headers, messages, status and trailers; a byte is one character (ISO 8859-1).</param>
/// <param name="Messages">The messages alone.</param>
internal sealed record Heard(StatusCode Code, string Text, IReadOnlyList<byte[]> Messages)
{
    private static readonly Marshaller<byte[]> Raw = Marshallers.Create(bytes => bytes, bytes => bytes);

    // On the wire all kinds of method are alike.
    public static async Task<Heard> From(
        GrpcChannel channel, string token, RpcCase question, CancellationToken cancellation = default)
    {
        var method = new Method<byte[], byte[]>(
            MethodType.DuplexStreaming, question.Method.Service.FullName, question.Method.Name, Raw, Raw);
        using var call = channel.CreateCallInvoker().AsyncDuplexStreamingCall(
            method, null, new CallOptions(new Metadata { { "authorization", "Bearer " + token } }, cancellationToken: cancellation));
        var (messages, status, trailers) = (new List<byte[]>(), Status.DefaultSuccess, new Metadata());
        await Send(call.RequestStream, question.Sent);
        try
        {
            while (await call.ResponseStream.MoveNext(CancellationToken.None)) messages.Add(call.ResponseStream.Current);
            trailers = call.GetTrailers();
        }
        catch (RpcException refused)
        {
            (status, trailers) = (refused.Status, refused.Trailers);
        }
        var headers = status.StatusCode == StatusCode.Cancelled ? [] : await call.ResponseHeadersAsync;
        IEnumerable<string> lines =
        [
            .. Of(headers), .. messages.Select(System.Text.Encoding.Latin1.GetString),
            $"{status.StatusCode} {status.Detail}", .. Of(trailers),
        ];
        return new(status.StatusCode, string.Join('\n', lines), messages);
    }

    private static async Task Send(IClientStreamWriter<byte[]> stream, IMessage[] messages)
    {
        try
        {
            foreach (var message in messages) await stream.WriteAsync(message.ToByteArray());
            await stream.CompleteAsync();
        }
        catch (Exception refused) when (refused is RpcException or InvalidOperationException)
        {
            // The answer came before the request was out; it is read next.
        }
    }

    private static IEnumerable<string> Of(Metadata headers) => headers.Where(header => header.Key != "date").Select(
        header => header.Key + ": " + (header.IsBinary ? System.Text.Encoding.Latin1.GetString(header.ValueBytes) : header.Value));
}
