using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AtlasCloud.Tests;

/// <summary>A server on loopback that sends arbitrary bytes on each connection, whether they are valid HTTP or not.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<Stream, CancellationToken, Task> _answer;
    private readonly List<string> _heads = [];
    private readonly Task _running;

    /// <param name="answer">Responds to one request, possibly endlessly. The connection is closed afterwards.</param>
    internal RawServer(Func<Stream, CancellationToken, Task> answer)
    {
        _answer = answer;
        _listener.Start();
        _running = RunAsync();
    }

    internal Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    /// <summary>The heads of all requests, in order.</summary>
    internal IReadOnlyList<string> Heads { get { lock (_heads) { return [.. _heads]; } } }

    internal static RawServer Saying(string head, byte[]? body = null) => new(async (stream, token) =>
    {
        await WriteAsync(stream, head, token);
        await stream.WriteAsync(body ?? [], token);
    });

    /// <summary>Sends the head, then repeats the piece until the client disconnects.</summary>
    internal static RawServer Repeating(string head, byte[] piece) => new(async (stream, token) =>
    {
        await WriteAsync(stream, head, token);
        while (true)
        {
            await stream.WriteAsync(piece, token);
        }
    });

    internal static ValueTask WriteAsync(Stream stream, string text, CancellationToken cancellationToken) => stream.WriteAsync(Encoding.Latin1.GetBytes(text), cancellationToken);

    /// <summary>Creates a client of this server that does not retry.</summary>
    internal AtlasCloudClient Client(FakeClock? clock = null) =>
        new(new AtlasCloudOptions { ApiKey = Some.Key, BaseUri = Address, MaximumRetryCount = 0 }, clock: clock ?? new FakeClock(), random: Some.Random());

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        List<Task> answers = [];
        try
        {
            while (true)
            {
                answers.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        finally
        {
            await Task.WhenAll(answers).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            NetworkStream stream = client.GetStream();
            string head = await ReadHeadAsync(stream, _stop.Token);
            lock (_heads)
            {
                _heads.Add(head);
            }

            await _answer(stream, _stop.Token);
        }
    }

    private static async Task<string> ReadHeadAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        StringBuilder head = new();
        byte[] one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one, cancellationToken) > 0)
        {
            head.Append((char)one[0]);
        }

        return head.ToString();
    }
}
