using System.Net;
using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Tests.Support;

namespace AtlasCloud.Emulation.Tests;

public sealed class ChargeTests : IDisposable
{
    private readonly Api _api = new();

    public void Dispose() => _api.Dispose();

    [Fact]
    public async Task Price_is_reserved_and_charged_on_completion()
    {
        string id = await _api.SubmitImageAsync();
        Assert.Equal((100m, 0.003m), (_api.Emulator.Balance, _api.Emulator.Frozen));
        Assert.Equal(ChargeState.Reserved, Assert.Single(_api.Emulator.Charges).State);

        _api.Clock.Advance(2);

        Assert.Equal((99.997m, 0m), (_api.Emulator.Balance, _api.Emulator.Frozen));
        Charge charge = Assert.Single(_api.Emulator.Charges);
        Assert.Equal((id, ChargeState.Charged, 0.003m), (charge.PredictionId, charge.State, charge.Amount));
    }

    [Fact]
    public async Task Price_of_a_failed_task_is_released()
    {
        using Api api = new(new EmulatorOptions
        {
            TimeScale = 0,
            Scenario = EmulatorScenario.Parse("""{"rules":[{"task":{"end":"failed"}}]}"""),
        });

        await api.SubmitImageAsync();

        Assert.Equal((100m, 0m), (api.Emulator.Balance, api.Emulator.Frozen));
        Assert.Equal(ChargeState.Released, Assert.Single(api.Emulator.Charges).State);
    }

    [Fact]
    public async Task Submit_that_exceeds_the_balance_returns_402()
    {
        using Api api = new(new EmulatorOptions { Balance = 0.005m, Clock = _api.Clock });
        await api.SubmitImageAsync();

        using HttpResponseMessage reply = await api.PostAsync(Api.Image, Some.ImageBody());

        Assert.Equal(HttpStatusCode.PaymentRequired, reply.StatusCode);
        Assert.Single(api.Emulator.Charges);
    }

    [Fact]
    public async Task Submit_beyond_the_concurrency_limit_returns_402_until_a_task_ends()
    {
        using Api api = new(new EmulatorOptions { MaximumConcurrentTasks = 1, Clock = _api.Clock });
        await api.SubmitImageAsync();
        using HttpResponseMessage refused = await api.PostAsync(Api.Image, Some.ImageBody());
        _api.Clock.Advance(2);
        using HttpResponseMessage accepted = await api.PostAsync(Api.Image, Some.ImageBody());

        Assert.Equal((HttpStatusCode.PaymentRequired, HttpStatusCode.OK), (refused.StatusCode, accepted.StatusCode));
    }

    [Fact]
    public async Task Balance_includes_the_frozen_amount()
    {
        await _api.SubmitImageAsync(",\"num_images\":4");

        JsonObject balance = await _api.ReadAsync("/public/v1/balance");

        Assert.Equal("100.000000", (string)balance["available"]!["value"]!);
        Assert.Equal("0.012000", (string)balance["frozen"]!["value"]!);
        Assert.Equal("usd", (string)balance["frozen"]!["currency"]!);
    }

    [Fact]
    public async Task Price_can_be_published_late()
    {
        FakeClock clock = new();
        using Api api = new(new EmulatorOptions { Clock = clock, PublishPriceLate = TimeSpan.FromSeconds(60) });
        string id = await api.SubmitImageAsync();

        clock.Advance(10);
        JsonObject before = await api.PollAsync(id);
        clock.Advance(60);
        JsonObject after = await api.PollAsync(id);

        Assert.Equal("completed", (string)before["status"]!);
        Assert.Null(before["price"]);
        Assert.Equal("0.003", (string)after["price"]!);
    }

    [Fact]
    public async Task Chat_reply_is_charged_by_tokens()
    {
        using HttpResponseMessage reply = await _api.PostAsync("/v1/chat/completions", Some.Chat("hello"));
        JsonNode usage = JsonNode.Parse(await reply.Content.ReadAsStringAsync())!["usage"]!;

        Charge charge = Assert.Single(_api.Emulator.Charges);
        Assert.Equal(((0.26m * (int)usage["prompt_tokens"]!) + (0.38m * (int)usage["completion_tokens"]!)) / 1_000_000m, charge.Amount);
        Assert.Equal(100m - charge.Amount, _api.Emulator.Balance);
    }

    [Fact]
    public async Task Ledger_records_every_request_without_the_key()
    {
        string id = await _api.SubmitImageAsync($",\"note\":\"{_api.Emulator.ApiKey}\"");
        await _api.PollAsync(id);

        IReadOnlyList<LedgerEntry> ledger = _api.Emulator.Ledger;
        Assert.Equal([1, 2], ledger.Select(e => e.Number));
        Assert.Equal(("POST", Api.Image, 200, id), (ledger[0].Method, ledger[0].Path, ledger[0].Status, ledger[0].PredictionId));
        Assert.True(ledger[0].Authorized && ledger[0].AuthorizationPresent && !ledger[0].HasReferer);
        Assert.Contains("a lighthouse", ledger[0].Body, StringComparison.Ordinal);
        Assert.DoesNotContain(_api.Emulator.ApiKey, string.Concat(ledger), StringComparison.Ordinal);

        _api.Emulator.ClearLedger();
        Assert.Empty(_api.Emulator.Ledger);
    }
}
