using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using AtlasCloud.Mcp.Tests.Support;
using ModelContextProtocol;

namespace AtlasCloud.Mcp.Tests;

public sealed class TransportTests
{
    private const string Initialize =
        """{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"test","version":"1"}}}""";

    private static readonly EmulatorOptions s_slow = new() { TimeScale = 1, ImageDuration = TimeSpan.FromHours(1) };

    [Fact]
    public async Task Wait_reports_progress_and_returns_the_state_at_its_time_limit()
    {
        // Fifty polls, however long each takes: a report that arrives together with the result can be too late for the client.
        await using ServerScene scene = await ServerScene.StartAsync(emulator: s_slow, atlasClock: new FakeClock());
        string id = await scene.GenerateAsync("a boat");
        ConcurrentQueue<ProgressNotificationValue> progress = [];
        TaskCompletionSource first = new(TaskCreationOptions.RunContinuationsAsynchronously);

        JsonElement waited = (await scene.CallRawAsync("wait_prediction", new { prediction_id = id, timeout_seconds = 1 }, new Recorder(value =>
        {
            progress.Enqueue(value);
            first.TrySetResult();
        }))).StructuredContent!.Value;
        await first.Task.WaitAsync(ServerScene.Hang);

        Assert.True(waited.GetProperty("timed_out").GetBoolean());
        Assert.Equal(id, waited.GetProperty("prediction").GetProperty("prediction_id").GetString());
        Assert.All(progress, p => Assert.Equal(("created", 1f), (p.Message, p.Total)));
    }

    [Fact]
    public async Task Canceled_wait_ends_and_the_server_continues()
    {
        await using ServerScene scene = await ServerScene.StartAsync(emulator: s_slow);
        string id = await scene.GenerateAsync("a boat");
        using CancellationTokenSource cancel = new();

        Task waiting = scene.CallRawAsync("wait_prediction", new { prediction_id = id, timeout_seconds = 1800 }, new Recorder(_ => cancel.Cancel()), cancel.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal("in_flight", (await scene.CallAsync("get_prediction", new { prediction_id = id })).GetProperty("prediction").GetProperty("state").GetString());
    }

    [Theory]
    [InlineData("end of input")]
    [InlineData("closed output")]
    [InlineData("stop")]
    public async Task Server_ends_while_a_call_waits(string cause)
    {
        await using ServerScene scene = await ServerScene.StartAsync(emulator: s_slow);
        string id = await scene.GenerateAsync("a boat");
        TaskCompletionSource polled = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task waiting = scene.CallRawAsync("wait_prediction", new { prediction_id = id, timeout_seconds = 1800 }, new Recorder(_ => polled.TrySetResult()));
        await polled.Task;

        switch (cause)
        {
            case "end of input":
                scene.CloseInput();
                break;
            case "closed output":
                scene.CloseOutput();
                break;
            default:
                scene.Stop();
                break;
        }

        await scene.Running.WaitAsync(ServerScene.Hang);
        _ = waiting.ContinueWith(t => t.Exception, TaskScheduler.Default);
    }

    [Fact]
    public async Task Server_ends_at_the_end_of_the_input_although_the_client_does_not_read()
    {
        await using ServerScene scene = await ServerScene.StartAsync(hasClient: false);
        AtlasMcpServer server = new(scene.Atlas, new AtlasMcpOptions { OutputRoot = scene.Output, InputRoot = scene.Input }, _ => { });
        using MemoryStream input = new(Encoding.UTF8.GetBytes(Initialize + "\n"));
        await using StuckStream output = new();

        await server.RunAsync(input, output).WaitAsync(ServerScene.Hang);
    }

    [Fact]
    public async Task Message_that_is_too_long_is_dropped_and_the_next_one_is_answered()
    {
        await using ServerScene scene = await ServerScene.StartAsync(hasClient: false);
        using StreamReader replies = new(scene.FromServer);

        byte[] block = new byte[1024 * 1024];
        Array.Fill(block, (byte)'x');
        for (int i = 0; i < 17; i++)
        {
            await scene.ToServer.WriteAsync(block);
        }

        await SendAsync(scene, "");
        await SendAsync(scene, Initialize);

        using JsonDocument reply = JsonDocument.Parse((await replies.ReadLineAsync())!);
        Assert.Equal(0, reply.RootElement.GetProperty("id").GetInt32());
        Assert.Contains("was dropped", scene.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Malformed_messages_are_survived() => await FuzzAsync(300);

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Ten_thousand_malformed_messages_are_survived() => await FuzzAsync(10_000);

    // Everything that the server writes must be a message, and a valid call at the end must be answered.
    private static async Task FuzzAsync(int count)
    {
        await using ServerScene scene = await ServerScene.StartAsync(hasClient: false);
        using StreamReader replies = new(scene.FromServer);
        await SendAsync(scene, Initialize);
        await replies.ReadLineAsync();
        Task<string> reading = ReadUntilAsync(replies, "last");

        MessageFuzzer fuzzer = new(seed: 20261126);
        for (int i = 0; i < count; i++)
        {
            await SendAsync(scene, fuzzer.Next());
        }

        await SendAsync(scene, """{"jsonrpc":"2.0","id":"last","method":"tools/call","params":{"name":"quote","arguments":{"model":"z-image/turbo","prompt":"a boat"}}}""");
        string last = await reading.WaitAsync(TimeSpan.FromMinutes(3));

        Assert.False(scene.Running.IsCompleted);
        Assert.Contains("\"structuredContent\"", last, StringComparison.Ordinal);
        Assert.DoesNotContain(scene.Emulator.ApiKey, scene.Log, StringComparison.Ordinal);
        Assert.Equal(0, scene.Submits);
    }

    private static async Task<string> ReadUntilAsync(StreamReader replies, string id)
    {
        while (await replies.ReadLineAsync() is string line)
        {
            using JsonDocument message = JsonDocument.Parse(line);
            Assert.Equal("2.0", message.RootElement.GetProperty("jsonrpc").GetString());
            if (message.RootElement.TryGetProperty("id", out JsonElement found) && found.ValueKind == JsonValueKind.String && found.GetString() == id)
            {
                return line;
            }
        }

        throw new InvalidOperationException("The server has ended.");
    }

    private static async Task SendAsync(ServerScene scene, string message) => await scene.ToServer.WriteAsync(Encoding.Latin1.GetBytes(message + "\n"));

    private sealed class Recorder(Action<ProgressNotificationValue> report) : IProgress<ProgressNotificationValue>
    {
        public void Report(ProgressNotificationValue value) => report(value);
    }
}
