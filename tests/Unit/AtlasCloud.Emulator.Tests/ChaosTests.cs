using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Tests.Support;

namespace AtlasCloud.Emulation.Tests;

public sealed class ChaosTests
{
    private const string Poll = "/api/v1/model/prediction/";

    [Theory]
    [InlineData("drop-before", 0)]
    [InlineData("reset", 0)]
    [InlineData("drop-after", 1)]
    [InlineData("truncate", 1)]
    [InlineData("wrong-length", 1)]
    public async Task Submit_with_a_broken_response_is_charged_only_if_it_was_executed(string fault, int charges)
    {
        using Api api = WithFault(fault, "submit");

        await Assert.ThrowsAsync<HttpRequestException>(() => api.PostAsync(Api.Image, Some.ImageBody()));
        api.Clock.Advance(60);

        LedgerEntry entry = Assert.Single(api.Emulator.Ledger);
        Assert.Equal((fault, null), (entry.Fault, entry.ScenarioRule));
        Assert.Equal(charges, api.Emulator.Charges.Count(charge => charge.State == ChargeState.Charged));
        Assert.Equal(charges == 1, entry.PredictionId is not null);
    }

    [Theory]
    [InlineData("errors/402-balance.json", 402)]
    [InlineData("errors/429-rate-limit.json", 429)]
    [InlineData("errors/502-cloudflare.html", 502)]
    [InlineData("errors/plain-text-500.txt", 500)]
    public async Task Error_reply_to_a_submit_creates_no_task(string sample, int status)
    {
        using Api api = WithFault(sample, "submit");

        using HttpResponseMessage reply = await api.PostAsync(Api.Image, Some.ImageBody());

        Assert.Equal((status, 0), ((int)reply.StatusCode, api.Emulator.Charges.Count));
        Assert.Equal(sample, Assert.Single(api.Emulator.Ledger).Fault);
    }

    [Fact]
    public async Task Error_with_afterwards_is_sent_after_the_task_is_created()
    {
        using Api api = WithChaos("""{"fault":"errors/504-sync-wait.json","afterwards":true}""");

        using HttpResponseMessage reply = await api.PostAsync(Api.Image, Some.ImageBody());

        Assert.Equal((HttpStatusCode.GatewayTimeout, 1), (reply.StatusCode, api.Emulator.Charges.Count));
        Assert.NotNull(Assert.Single(api.Emulator.Ledger).PredictionId);
    }

    [Fact]
    public async Task Empty_body_is_sent_after_the_task_is_created()
    {
        using Api api = WithFault("empty-body", "submit");

        using HttpResponseMessage reply = await api.PostAsync(Api.Image, Some.ImageBody());

        Assert.Equal((HttpStatusCode.OK, 0L), (reply.StatusCode, reply.Content.Headers.ContentLength));
        Assert.Single(api.Emulator.Charges);
    }

    [Fact]
    public async Task Headers_of_an_error_can_be_overridden()
    {
        using Api api = WithChaos("""{"fault":"errors/429-with-retry-after.json","on":["poll"],"headers":{"Retry-After":"1"}}""");

        using HttpResponseMessage reply = await api.GetAsync(Poll + "x");

        Assert.Equal(TimeSpan.FromSeconds(1), reply.Headers.RetryAfter!.Delta);
    }

    [Theory]
    [InlineData("stuck", "processing")]
    [InlineData("unknown", "post_processing")]
    [InlineData("timeout", "timeout")]
    [InlineData("nsfw", "completed")]
    public async Task Task_fault_is_applied_at_submit(string fault, string status)
    {
        using Api api = WithFault(fault, "submit");

        JsonObject prediction = await api.FinishAsync(Api.Image, Some.ImageBody());

        Assert.Equal(status, (string)prediction["status"]!);
        Assert.Equal(fault, api.Emulator.Ledger[0].Fault);
    }

    [Fact]
    public async Task Failed500_reports_the_failure_with_HTTP_500()
    {
        using Api api = WithFault("failed500", "submit");
        string id = await api.SubmitImageAsync();
        api.Clock.Advance(60);

        using HttpResponseMessage reply = await api.GetAsync(Poll + id);

        Assert.Equal(HttpStatusCode.InternalServerError, reply.StatusCode);
        Assert.Equal("failed", (string)(await reply.Content.ReadFromJsonAsync<JsonObject>())!["data"]!["status"]!);
    }

    [Fact]
    public async Task Late_price_is_published_after_the_delay()
    {
        using Api api = WithChaos("""{"fault":"late-price","milliseconds":300000}""");

        Assert.Null((await api.FinishAsync(Api.Image, Some.ImageBody()))["price"]);
        api.Clock.Advance(300);

        Assert.NotNull((await api.PollAsync(api.Emulator.Ledger[0].PredictionId!))["price"]);
    }

    [Fact]
    public async Task Not_found_at_first_hides_the_task_for_the_delay()
    {
        using Api api = WithChaos("""{"fault":"not-found-at-first","milliseconds":8000}""");
        string id = await api.SubmitImageAsync();

        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(api, Poll + id));
        api.Clock.Advance(8);

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(api, Poll + id));
    }

    [Fact]
    public async Task Fallback_only_task_is_found_only_at_the_older_path()
    {
        using Api api = WithChaos("""{"fault":"fallback-only","milliseconds":1000}""");
        string id = await api.SubmitImageAsync();
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(api, Poll + id));
        api.Clock.Advance(60);

        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(api, Poll + id));
        Assert.Equal("completed", (string)(await api.ReadAsync("/api/v1/model/result/" + id))["data"]!["status"]!);
    }

    [Fact]
    public async Task Incident_401_rejects_polls_but_not_the_balance()
    {
        using Api api = WithFault("incident-401", "poll");

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(api, Poll + "x"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(api, "/public/v1/balance"));
    }

    [Fact]
    public async Task Concurrency_402_rejects_a_submit_only_while_a_task_runs()
    {
        using Api api = WithFault("concurrency-402", "submit");
        await api.SubmitImageAsync();

        using HttpResponseMessage second = await api.PostAsync(Api.Image, Some.ImageBody());
        api.Clock.Advance(60);
        using HttpResponseMessage third = await api.PostAsync(Api.Image, Some.ImageBody());

        Assert.Equal((HttpStatusCode.PaymentRequired, HttpStatusCode.OK), (second.StatusCode, third.StatusCode));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Expired_link_is_replaced_when_the_prediction_is_read_again(bool withoutExtension)
    {
        using Api api = new(new EmulatorOptions
        {
            Clock = new FakeClock(),
            OutputsWithoutExtension = withoutExtension,
            Scenario = EmulatorScenario.Parse("""{"rules":[{"path":"/outputs/*","times":1,"fault":"expired-link"}]}"""),
        });
        JsonObject done = await api.FinishAsync(Api.Image, Some.ImageBody());
        string old = (string)done["outputs"]![0]!;

        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(api, old));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(api, old));

        JsonObject again = await api.PollAsync((string)done["id"]!);
        Assert.NotEmpty(await api.FirstOutputAsync(again));
        Assert.Equal("expired-link", api.Emulator.Ledger.First(entry => entry.Status == 403).Fault);
    }

    [Fact]
    public async Task Rule_takes_precedence_over_chaos()
    {
        using Api api = Api.With("""{"rules":[{"path":"*/prediction/*","reply":{"status":204}}],"chaos":{"rate":1,"faults":["errors/500-internal.json"]}}""");

        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(api, Poll + "x"));
        Assert.Equal(HttpStatusCode.InternalServerError, await StatusAsync(api, "/api/v1/model/history"));
        Assert.Equal([1, null], api.Emulator.Ledger.Select(entry => entry.ScenarioRule));
    }

    [Fact]
    public async Task Injected_faults_match_the_plan()
    {
        const string Scenario = """{"chaos":{"seed":5,"rate":0.5,"faults":["errors/503-unavailable.json","errors/404-model.json","drop-before"]}}""";
        using Api api = Api.With(Scenario);
        for (int i = 0; i < 40; i++)
        {
            try
            {
                using HttpResponseMessage reply = await api.GetAsync("/api/v1/model/history");
            }
            catch (HttpRequestException)
            {
                // Dropped by the plan.
            }
        }

        // HttpClient itself retries GET requests on a dropped connection, so the ledger can contain more entries.
        Chaos.ChaosPlan plan = EmulatorScenario.Parse(Scenario).Chaos!;
        IReadOnlyList<LedgerEntry> ledger = api.Emulator.Ledger;
        Assert.True(ledger.Count >= 40);
        Assert.Equal(ledger.Select((_, i) => plan.FaultFor(Chaos.RequestKind.History, i + 1)?.Name), ledger.Select(entry => entry.Fault));
    }

    private static Api WithFault(string fault, string on) => WithChaos($$"""{"fault":"{{fault}}","on":["{{on}}"]}""");

    private static Api WithChaos(string fault) => Api.With($$$"""{"chaos":{"rate":1,"faults":[{{{fault}}}]}}""");

    private static async Task<HttpStatusCode> StatusAsync(Api api, string path)
    {
        using HttpResponseMessage reply = path.StartsWith("http", StringComparison.Ordinal) ? await api.DownloadAsync(path) : await api.GetAsync(path);
        return reply.StatusCode;
    }
}
