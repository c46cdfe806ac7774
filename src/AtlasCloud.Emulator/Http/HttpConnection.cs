using System.Net.Sockets;

namespace AtlasCloud.Emulation.Http;

/// <summary>Serves the requests of one connection, one after the other.</summary>
internal sealed class HttpConnection
{
    /// <summary>How much of a body that nobody wants is read, so that the client sees the answer rather than a reset.</summary>
    private const long MaximumDrain = 256L * 1024 * 1024;

    private readonly Socket _socket;
    private readonly Func<Request, CancellationToken, Task<Outcome>> _handler;
    private readonly TimeProvider _clock;

    internal HttpConnection(Socket socket, Func<Request, CancellationToken, Task<Outcome>> handler, TimeProvider clock) =>
        (_socket, _handler, _clock) = (socket, handler, clock);

    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        NetworkStream stream = new(_socket, ownsSocket: true);
        await using (stream.ConfigureAwait(false))
        {
            try
            {
                ConnectionReader reader = new(stream);
                while (await ServeAsync(reader, stream, cancellationToken).ConfigureAwait(false))
                {
                }
            }
            catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // The client left, or the server stops: there is nobody to tell.
            }
        }
    }

    private async Task<bool> ServeAsync(ConnectionReader reader, NetworkStream stream, CancellationToken cancellationToken)
    {
        ReplyWriter writer = new(stream, _clock);
        Request request;
        Outcome outcome;
        try
        {
            if (await reader.ReadHeadAsync(cancellationToken).ConfigureAwait(false) is not { } head)
            {
                return false;
            }

            request = new Request(head, new RequestBody(reader, stream, head));
            outcome = await _handler(request, cancellationToken).ConfigureAwait(false);
        }
        catch (BadRequestException exception)
        {
            Outcome refusal = new(Reply.Text(exception.Message, "text/plain", exception.Status));
            await writer.WriteAsync(refusal, headOnly: false, keepAlive: false, cancellationToken).ConfigureAwait(false);
            _socket.Shutdown(SocketShutdown.Send);
            return false;
        }

        if (outcome.Reply is null)
        {
            if (outcome.Fault == HttpFault.Reset)
            {
                _socket.LingerState = new LingerOption(enable: true, seconds: 0);
            }

            return false;
        }

        bool usable = request.Head.KeepsAlive && await DrainAsync(request.Body, cancellationToken).ConfigureAwait(false);
        usable = await writer.WriteAsync(outcome, request.Method == "HEAD", usable, cancellationToken).ConfigureAwait(false);
        if (outcome.IsWhole)
        {
            outcome.Sent?.Invoke();
        }

        if (!usable)
        {
            _socket.Shutdown(SocketShutdown.Send);
        }

        return usable;
    }

    /// <summary>Reads what is left of a body. False where the connection is of no further use.</summary>
    private static async Task<bool> DrainAsync(RequestBody body, CancellationToken cancellationToken)
    {
        if (body.IsComplete || body.IsHeldBack)
        {
            return body.IsComplete;
        }

        byte[] buffer = new byte[64 * 1024];
        long before = body.BytesRead;
        while (await body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) > 0)
        {
            if (body.BytesRead - before > MaximumDrain)
            {
                return false;
            }
        }

        return true;
    }
}
