using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace AtlasCloud.Emulation.Tests.Support;

/// <summary>Listens for webhooks on loopback, keeps what came, and answers as it was told.</summary>
internal sealed class Receiver : IDisposable
{
    private readonly HttpListener _listener;
    private readonly Queue<int> _answers;
    private readonly BlockingCollection<(WebHeaderCollection Headers, byte[] Body)> _came = [];

    internal Receiver(params int[] answers)
    {
        _answers = new Queue<int>(answers);
        _listener = Listen();
        Address = new Uri(_listener.Prefixes.Single() + "hook");
        _ = Task.Run(ReceiveAsync);
    }

    internal Uri Address { get; }

    internal int Left => _came.Count;

    internal (WebHeaderCollection Headers, byte[] Body) Take() =>
        _came.TryTake(out (WebHeaderCollection, byte[]) came, TimeSpan.FromSeconds(20)) ? came : throw new TimeoutException("No delivery came.");

    public void Dispose()
    {
        _listener.Close();
        _came.Dispose();
    }

    // The listener takes no port of its own choice: one is found free, and another one where somebody was quicker.
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
                context.Response.StatusCode = _answers.TryDequeue(out int status) ? status : 200;
                context.Response.Close();
                _came.Add((headers, body.ToArray()));
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }
        }
    }
}
