using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace AtlasCloud.Emulation.Http;

/// <summary>An HTTP server on loopback with one task per connection. HttpListener needs admin rights on Windows and cannot inject faults.</summary>
internal sealed class HttpServer : IAsyncDisposable
{
    private const int Backlog = 512;

    private readonly TcpListener _listener;
    private readonly Func<Request, CancellationToken, Task<HandlerResult>> _handler;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<Socket, Task> _connections = new();
    private Task _acceptLoop = Task.CompletedTask;
    private int _isStopped;

    internal HttpServer(int port, Func<Request, CancellationToken, Task<HandlerResult>> handler, TimeProvider clock)
    {
        _listener = new TcpListener(IPAddress.Loopback, port);
        (_handler, _clock) = (handler, clock);
    }

    internal int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    internal bool IsRunning => _isStopped == 0;

    internal int OpenConnections => _connections.Count;

    /// <summary>Completes when the connections that are open now have ended.</summary>
    internal Task ConnectionsEnded => Task.WhenAll(_connections.Values);

    /// <summary>Binds the port, calls back with the port known, and starts accepting connections.</summary>
    internal void Start(Action onBound)
    {
        _listener.Start(Backlog);
        onBound();
        _acceptLoop = Task.Run(AcceptAsync);
    }

    /// <summary>Stops the listener and all connections, and waits for their tasks. Later calls do nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isStopped, 1) != 0)
        {
            return;
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        _listener.Stop();
        await _acceptLoop.ConfigureAwait(false);
        foreach (Socket socket in _connections.Keys)
        {
            socket.Close();
        }

        await Task.WhenAll(_connections.Values).ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                Socket socket = await _listener.AcceptSocketAsync(_stop.Token).ConfigureAwait(false);
                socket.NoDelay = true;
                TaskCompletionSource start = new();
                _connections[socket] = ServeAsync(socket, start.Task);
                start.SetResult();
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SocketException) when (!_stop.IsCancellationRequested)
            {
                // A client that disconnects before it is accepted must not stop the server.
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(Socket socket, Task started)
    {
        // The connection must be registered before it is served, so that one that ends immediately is removed again.
        await started.ConfigureAwait(false);
        await Task.Yield();
        try
        {
            await new HttpConnection(socket, _handler, _clock).RunAsync(_stop.Token).ConfigureAwait(false);
        }
        finally
        {
            _connections.TryRemove(socket, out _);
        }
    }
}
