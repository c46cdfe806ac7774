using System.Net.Sockets;
using System.Text;
using AtlasCloud.Emulation.Tests.Support;

namespace AtlasCloud.Emulation.Tests;

/// <summary>Tests the HTTP server with raw bytes that no HTTP client would send.</summary>
public sealed class ServerTests : IDisposable
{
    private readonly Api _api = new();

    public void Dispose() => _api.Dispose();

    private string Key => $"Authorization: Bearer {_api.Emulator.ApiKey}\r\n";

    [Fact]
    public async Task Connection_serves_several_requests()
    {
        string get = $"GET /public/v1/balance HTTP/1.1\r\nHost: x\r\n{Key}\r\n";

        string reply = await SendRawAsync(get + get + $"GET /public/v1/balance HTTP/1.1\r\nConnection: close\r\n{Key}\r\n");

        Assert.Equal(3, reply.Split("HTTP/1.1 200 OK").Length - 1);
        Assert.Equal(3, _api.Emulator.Ledger.Count);
    }

    [Fact]
    public async Task Chunked_body_is_accepted()
    {
        string json = Some.ImageBody();
        string chunks = $"{5:x}\r\n{json[..5]}\r\n{json.Length - 5:x};note=1\r\n{json[5..]}\r\n0\r\nTrailer: x\r\n\r\n";

        string reply = await SendRawAsync(
            $"POST {Api.Image} HTTP/1.1\r\nContent-Type: application/json\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n{Key}\r\n{chunks}");

        Assert.StartsWith("HTTP/1.1 200 OK", reply, StringComparison.Ordinal);
        Assert.Equal(json, _api.Emulator.Charges[0].Body);
    }

    [Fact]
    public async Task Expect_100_continue_is_answered_before_the_body()
    {
        string json = Some.ImageBody();

        string reply = await SendRawAsync(
            $"POST {Api.Image} HTTP/1.1\r\nContent-Type: application/json\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Length: {json.Length}\r\n{Key}\r\n{json}");

        Assert.StartsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK", reply, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense\r\n\r\n", "400")]
    [InlineData("GET / HTTP/2.0\r\n\r\n", "400")]
    [InlineData("GET / HTTP/1.1\r\nno colon\r\n\r\n", "400")]
    [InlineData("POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n", "400")]
    [InlineData("POST / HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n", "400")]
    [InlineData("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "400")]
    public async Task Malformed_request_is_rejected_and_the_connection_closed(string request, string status)
    {
        Assert.StartsWith("HTTP/1.1 " + status, await SendRawAsync(request), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Oversized_request_head_returns_431()
    {
        string many = string.Concat(Enumerable.Range(0, 150).Select(i => $"X-{i}: y\r\n"));

        Assert.StartsWith("HTTP/1.1 431", await SendRawAsync($"GET / HTTP/1.1\r\n{many}\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 431", await SendRawAsync($"GET / HTTP/1.1\r\nX: {new string('y', 60_000)}\r\n\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_closes_all_connections_and_releases_the_port()
    {
        using TcpClient idle = new();
        await idle.ConnectAsync("127.0.0.1", _api.Emulator.BaseUri.Port);
        int port = _api.Emulator.BaseUri.Port;
        _api.Emulator.Stop();
        _api.Emulator.Stop();

        Assert.False(_api.Emulator.IsRunning);
        Assert.Equal(0, await ReadToEndAsync(idle));
        using Emulator next = Emulator.Start(new EmulatorOptions { Port = port });
        Assert.Equal(port, next.BaseUri.Port);
    }

    [Fact]
    public async Task Concurrent_tasks_return_different_files()
    {
        using Api api = new(new EmulatorOptions { TimeScale = 0 });
        byte[][] files = await Task.WhenAll(Enumerable.Range(0, 200).Select(async i =>
        {
            string id = await api.SubmitImageAsync(",\"size\":\"256*256\"");
            return await api.FirstOutputAsync(await api.PollAsync(id));
        }));

        Assert.Equal(200, files.Select(Convert.ToBase64String).Distinct().Count());
        Assert.Equal(Enumerable.Range(1, 600), api.Emulator.Ledger.Select(e => e.Number));
        Assert.Equal(100m - (200 * 0.003m), api.Emulator.Balance);
    }

    private static async Task<int> ReadToEndAsync(TcpClient client)
    {
        try
        {
            return await client.GetStream().ReadAsync(new byte[1]);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private async Task<string> SendRawAsync(string request)
    {
        using TcpClient client = new();
        await client.ConnectAsync("127.0.0.1", _api.Emulator.BaseUri.Port);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes(request));
        using StreamReader reader = new(stream);
        return await reader.ReadToEndAsync();
    }
}
