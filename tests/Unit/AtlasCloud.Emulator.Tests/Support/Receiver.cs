using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace AtlasCloud.Emulation.Tests.Support;

/// <summary>Receives webhooks on loopback and answers with the given status codes.</summary>
internal sealed class Receiver : IDisposable
{
    private readonly HttpListener _listener;
    private readonly Queue<int> _statusCodes;
    private readonly BlockingCollection<(WebHeaderCollection Headers, byte[] Body)> _deliveries = [];

    internal Receiver(params int[] statusCodes)
    {
        _statusCodes = new Queue<int>(statusCodes);
        _listener = Listen();
        Address = new Uri(_listener.Prefixes.Single() + "hook");
        _ = Task.Run(ReceiveAsync);
    }

    internal Uri Address { get; }

    internal int Pending => _deliveries.Count;

    internal (WebHeaderCollection Headers, byte[] Body) Take() =>
        _deliveries.TryTake(out (WebHeaderCollection, byte[]) delivery, TimeSpan.FromSeconds(60)) ? delivery : throw new TimeoutException("No webhook was delivered.");

    public void Dispose()
    {
        _listener.Close();
        _deliveries.Dispose();
    }

    // HttpListener cannot choose a free port: finds one, and tries again if another process takes it first.
    private static HttpListener Listen()
    {
        for (int tries = 0; ; tries++)
        {
            using TcpListener probe = new(IPAddress.Loopback, 0);
            probe.Start();
            int port = ((IPEndPoint)probe.LocalEndpoint).Port;
            probe.Stop();
            HttpListener listener = new() { Prefixes = { $"http://127.0.0.1:{port}/" } };
            try
            {
                listener.Start();
                return listener;
            }
            catch (HttpListenerException) when (tries < 10)
            {
                listener.Close();
            }
        }
    }

    private async Task ReceiveAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                HttpListenerContext context = await _listener.GetContextAsync();
                using MemoryStream body = new();
                await context.Request.InputStream.CopyToAsync(body);
                WebHeaderCollection headers = new() { context.Request.Headers };

                // Before the response, after which the emulator counts the delivery as ended.
                _deliveries.Add((headers, body.ToArray()));
                context.Response.StatusCode = _statusCodes.TryDequeue(out int status) ? status : 200;
                context.Response.Close();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }
        }
    }
}
