using System.Net.Sockets;

namespace AtlasCloud.Emulation.Http;

/// <summary>Serves the requests of one connection sequentially.</summary>
internal sealed class HttpConnection
{
    /// <summary>The maximum number of unread body bytes to drain, so that the client sees the reply instead of a reset.</summary>
    private const long MaximumDrainBytes = 256L * 1024 * 1024;

    private readonly Socket _socket;
    private readonly Func<Request, CancellationToken, Task<HandlerResult>> _handler;
    private readonly TimeProvider _clock;

    internal HttpConnection(Socket socket, Func<Request, CancellationToken, Task<HandlerResult>> handler, TimeProvider clock) =>
        (_socket, _handler, _clock) = (socket, handler, clock);

    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            // Fails if the connection has ended already.
            NetworkStream stream = new(_socket, ownsSocket: true);
            await using (stream.ConfigureAwait(false))
            {
                ConnectionReader reader = new(stream);
                while (await ServeAsync(reader, stream, cancellationToken).ConfigureAwait(false))
                {
                }
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The client disconnected or the server is stopping; there is no one to report the error to.
        }
    }

    private async Task<bool> ServeAsync(ConnectionReader reader, NetworkStream stream, CancellationToken cancellationToken)
    {
        ReplyWriter writer = new(stream, _clock);
        Request request;
        HandlerResult result;
        try
        {
            if (await reader.ReadHeadAsync(cancellationToken).ConfigureAwait(false) is not { } head)
            {
                return false;
            }

            request = new Request(head, new RequestBody(reader, stream, head));
            result = await _handler(request, cancellationToken).ConfigureAwait(false);
        }
        catch (BadRequestException exception)
        {
            HandlerResult rejection = new(Reply.Text(exception.Message, "text/plain", exception.Status));
            await writer.WriteAsync(rejection, headOnly: false, keepAlive: false, cancellationToken).ConfigureAwait(false);
            _socket.Shutdown(SocketShutdown.Send);
            return false;
        }

        if (result.Reply is null)
        {
            if (result.Fault == HttpFault.Reset)
            {
                _socket.LingerState = new LingerOption(enable: true, seconds: 0);
            }

            return false;
        }

        bool reusable = request.Head.IsKeepAlive && await DrainAsync(request.Body, cancellationToken).ConfigureAwait(false);
        reusable = await writer.WriteAsync(result, request.Method == "HEAD", reusable, cancellationToken).ConfigureAwait(false);
        if (result.IsComplete)
        {
            result.OnSent?.Invoke();
        }

        if (!reusable)
        {
            _socket.Shutdown(SocketShutdown.Send);
        }

        return reusable;
    }

    /// <summary>Drains the rest of a body. Returns false if the connection cannot be reused.</summary>
    private static async Task<bool> DrainAsync(RequestBody body, CancellationToken cancellationToken)
    {
        if (body.IsComplete || body.IsAwaitingContinue)
        {
            return body.IsComplete;
        }

        byte[] buffer = new byte[64 * 1024];
        long startPosition = body.BytesRead;
        while (await body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) > 0)
        {
            if (body.BytesRead - startPosition > MaximumDrainBytes)
            {
                return false;
            }
        }

        return true;
    }
}
