using System.Text.Json;
using AtlasCloud.Mcp.Safety;
using AtlasCloud.Mcp.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace AtlasCloud.Mcp.Tests;

public sealed class RepeatTests
{
    [Fact]
    public async Task Same_call_within_a_minute_returns_the_first_prediction()
    {
        FakeTimeProvider clock = new();
        await using ServerScene scene = await ServerScene.StartAsync(clock: clock);

        JsonElement first = await scene.CallAsync("generate_image", new { model = ServerScene.ImageModel, prompt = "a boat", parameters = new { seed = 1, size = "1024*1024" } });
        clock.Advance(TimeSpan.FromSeconds(59));
        JsonElement second = await scene.CallAsync("generate_image", new { parameters = new { size = "1024*1024", seed = 1.0 }, prompt = "a boat", model = ServerScene.ImageModel });
        clock.Advance(TimeSpan.FromSeconds(1));
        JsonElement third = await scene.CallAsync("generate_image", new { model = ServerScene.ImageModel, prompt = "a boat", parameters = new { seed = 1, size = "1024*1024" } });

        Assert.Equal(IdOf(first), IdOf(second));
        Assert.NotEqual(IdOf(first), IdOf(third));
        Assert.Equal([false, true, false], new[] { first, second, third }.Select(r => r.GetProperty("repeated").GetBoolean()));
        Assert.Equal(2, scene.Submits);
    }

    [Fact]
    public async Task Same_calls_at_the_same_time_share_one_submit()
    {
        await using ServerScene scene = await ServerScene.StartAsync();

        JsonElement[] results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => scene.CallAsync("generate_image", new { model = ServerScene.ImageModel, prompt = "a boat" })));

        Assert.Single(results.Select(IdOf).Distinct(StringComparer.Ordinal));
        Assert.Single(results, r => !r.GetProperty("repeated").GetBoolean());
        Assert.Equal(1, scene.Submits);
    }

    [Fact]
    public async Task Same_chat_within_a_minute_returns_the_first_reply()
    {
        await using ServerScene scene = await ServerScene.StartAsync();

        JsonElement first = await scene.CallAsync("chat", new { model = ServerScene.ChatModel, prompt = "Two titles" });
        JsonElement second = await scene.CallAsync("chat", new { model = ServerScene.ChatModel, prompt = "Two titles" });

        Assert.Equal(first.GetProperty("reply").GetString(), second.GetProperty("reply").GetString());
        Assert.True(second.GetProperty("repeated").GetBoolean());
        Assert.Single(scene.Emulator.Ledger, e => e.Path.Contains("chat", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Repeated_call_whose_outcome_is_unknown_is_not_submitted_again()
    {
        await using ServerScene scene = await ServerScene.StartAsync(emulator: new EmulatorOptions
        {
            TimeScale = 0,
            Scenario = EmulatorScenario.Parse("""
                { "rules": [
                    { "path": "/api/v1/model/generateImage", "fault": "drop-before" },
                    { "path": "/api/v1/model/predictions*", "reply": { "status": 500 } } ] }
                """),
        });

        JsonElement first = await scene.FailAsync("generate_image", new { model = ServerScene.ImageModel, prompt = "a boat" });
        JsonElement second = await scene.FailAsync("generate_image", new { model = ServerScene.ImageModel, prompt = "a boat" });

        Assert.Equal("SubmitOutcomeUnknown", first.GetProperty("id").GetString());
        Assert.Equal("SubmitOutcomeUnknown", second.GetProperty("id").GetString());
        Assert.Equal(1, scene.Submits);
    }

    [Fact]
    public async Task Refused_call_can_be_repeated_immediately()
    {
        RecentCalls calls = new(TimeProvider.System);
        int runs = 0;
        Task<string> Run(CancellationToken token) => ++runs == 1 ? throw new AtlasCloudException(AtlasCloudErrorKind.RateLimited, "Refused.") : Task.FromResult("done");

        await Assert.ThrowsAsync<AtlasCloudException>(() => calls.RunAsync("key", Run, _ => false, default));
        (string value, bool isRepeated) = await calls.RunAsync("key", Run, _ => false, default);

        Assert.Equal(("done", false), (value, isRepeated));
    }

    [Fact]
    public async Task Call_is_abandoned_when_the_last_caller_cancels()
    {
        RecentCalls calls = new(TimeProvider.System);
        TaskCompletionSource started = new();
        using CancellationTokenSource first = new();
        using CancellationTokenSource second = new();
        async Task<string> Wait(CancellationToken token)
        {
            started.SetResult();
            await Task.Delay(Timeout.Infinite, token);
            return "";
        }

        Task one = calls.RunAsync("key", Wait, _ => false, first.Token);
        Task two = calls.RunAsync("key", Wait, _ => false, second.Token);
        await started.Task;
        await first.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one);
        Assert.False(two.IsCompleted);
        await second.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => two);

        // The next call runs again instead of getting the abandoned one.
        (string value, bool _) = await calls.RunAsync("key", _ => Task.FromResult("new"), _ => false, default);
        Assert.Equal("new", value);
    }

    private static string? IdOf(JsonElement result) => result.GetProperty("prediction").GetProperty("prediction_id").GetString();
}
