using System.Text.Json;
using AtlasCloud.Mcp.Tests.Support;
using ModelContextProtocol.Protocol;

namespace AtlasCloud.Mcp.Tests;

public sealed class LimitTests
{
    [Fact]
    public async Task Ten_parallel_calls_with_a_budget_for_three_are_charged_three_times()
    {
        decimal price;
        await using (ServerScene other = await ServerScene.StartAsync())
        {
            price = await other.PriceAsync();
        }

        await using ServerScene scene = await ServerScene.StartAsync(budget: 3.5m * price);

        CallToolResult[] results = await Task.WhenAll(Enumerable.Range(1, 10)
            .Select(i => scene.CallRawAsync("generate_image", new { model = ServerScene.ImageModel, prompt = $"boat {i}" })));

        Assert.Equal(3, results.Count(r => r.IsError != true));
        Assert.All(results.Where(r => r.IsError == true), r => Assert.Equal("BudgetExceeded", r.StructuredContent!.Value.GetProperty("error").GetProperty("id").GetString()));
        Assert.Equal(3, scene.Submits);
        Assert.Equal(3, scene.Emulator.Charges.Count);
    }

    [Fact]
    public async Task Generate_is_refused_past_the_maximum_cost()
    {
        await using ServerScene scene = await ServerScene.StartAsync(new AtlasMcpOptions { MaxCost = 0.000001m });

        JsonElement error = await scene.FailAsync("generate_image", new { model = ServerScene.ImageModel, prompt = "a boat", confirm_price = 100 });

        Assert.Equal("BudgetExceeded", error.GetProperty("id").GetString());
        Assert.Equal("MaxCostExceeded", error.GetProperty("reason").GetString());
        Assert.DoesNotContain("confirm_price", error.GetProperty("recommended_action").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, scene.Submits);
    }

    [Fact]
    public async Task Generate_above_the_confirmation_limit_needs_the_price()
    {
        await using ServerScene scene = await ServerScene.StartAsync(new AtlasMcpOptions { MaxCost = 1, ConfirmAbove = 0.000001m });
        decimal price = await scene.PriceAsync();

        JsonElement error = await scene.FailAsync("generate_image", new { model = ServerScene.ImageModel, prompt = "a boat" });
        JsonElement tooLow = await scene.FailAsync("generate_image", new { model = ServerScene.ImageModel, prompt = "a boat", confirm_price = price / 2 });
        Assert.Equal(0, scene.Submits);
        await scene.CallAsync("generate_image", new { model = ServerScene.ImageModel, prompt = "a boat", confirm_price = price });

        Assert.Equal(price, error.GetProperty("price").GetDecimal());
        Assert.Contains("confirm_price", error.GetProperty("recommended_action").GetString(), StringComparison.Ordinal);
        Assert.Contains("confirm_price", tooLow.GetProperty("recommended_action").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, scene.Submits);
    }

    [Fact]
    public async Task Quote_says_whether_the_limits_permit_the_request()
    {
        await using ServerScene scene = await ServerScene.StartAsync(new AtlasMcpOptions { MaxCost = 0.000001m, ConfirmAbove = 0.0000001m });

        JsonElement quote = await scene.CallAsync("quote", new { model = ServerScene.ImageModel, prompt = "a boat" });

        Assert.False(quote.GetProperty("allowed").GetBoolean());
        Assert.True(quote.GetProperty("needs_confirmation").GetBoolean());
    }

    [Fact]
    public async Task Chat_whose_ceiling_exceeds_a_limit_is_not_sent()
    {
        await using ServerScene scene = await ServerScene.StartAsync(new AtlasMcpOptions { MaxCost = 0.0000001m });

        JsonElement error = await scene.FailAsync("chat", new { model = ServerScene.ChatModel, prompt = "Two titles" });

        Assert.Equal("MaxCostExceeded", error.GetProperty("reason").GetString());
        Assert.DoesNotContain(scene.Emulator.Ledger, e => e.Path.Contains("chat", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Parallel_chats_share_the_budget()
    {
        ModelPrice price;
        await using (ServerScene other = await ServerScene.StartAsync())
        {
            price = (await other.Atlas.Models.ResolveAsync(ServerScene.ChatModel)).Pricing!;
        }

        // The ceiling of one request: 1000 output tokens, and less than 100 for the message.
        decimal ceiling = (1000 * price.Output!.Value + 100 * price.Input!.Value) / 1_000_000;
        FakeClock service = new() { SkipsDelays = false };
        await using ServerScene scene = await ServerScene.StartAsync(budget: 1.5m * ceiling, emulator: new EmulatorOptions
        {
            TimeScale = 0,
            Clock = service,
            Scenario = EmulatorScenario.Parse("""{ "rules": [ { "path": "*chat*", "delayMilliseconds": 1000 } ] }"""),
        });

        List<Task<CallToolResult>> calls = [.. Enumerable.Range(1, 5)
            .Select(i => scene.CallRawAsync("chat", new { model = ServerScene.ChatModel, prompt = $"Title {i}", max_tokens = 1000 }))];

        // The reply is held back until the other calls have ended, since it releases what the request did not spend.
        List<Task<CallToolResult>> open = [.. calls];
        while (open.Count > 1)
        {
            open.Remove(await Task.WhenAny(open).WaitAsync(ServerScene.Hang));
        }

        await service.DelayBegunAsync();
        service.Advance(TimeSpan.FromSeconds(1));
        CallToolResult[] results = await Task.WhenAll(calls);

        Assert.Single(results, r => r.IsError != true);
        Assert.Single(scene.Emulator.Ledger, e => e.Path.Contains("chat", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Read_only_server_offers_no_tool_that_costs_or_uploads()
    {
        await using ServerScene scene = await ServerScene.StartAsync(new AtlasMcpOptions { IsReadOnly = true }, budget: null);

        string[] names = [.. (await scene.Client.ListToolsAsync()).Select(t => t.Name)];
        JsonElement error = await scene.FailAsync("generate_image", new { model = ServerScene.ImageModel, prompt = "a boat" });

        Assert.Equal(["get_balance", "get_model", "get_prediction", "get_usage", "list_predictions", "quote", "save_output", "search_models", "wait_prediction"], names.Order(StringComparer.Ordinal));
        Assert.Equal("InvalidParameter", error.GetProperty("id").GetString());
        Assert.Contains("tools that the server lists", error.GetProperty("recommended_action").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, scene.Submits);
    }

    [Fact]
    public async Task Server_with_paid_tools_requires_a_budget()
    {
        await using AtlasCloudClient client = new(new AtlasCloudOptions { ApiKey = "apikey-0123456789abcdef" });

        Assert.Throws<ArgumentException>(() => new AtlasMcpServer(client, new AtlasMcpOptions(), _ => { }));
    }
}
