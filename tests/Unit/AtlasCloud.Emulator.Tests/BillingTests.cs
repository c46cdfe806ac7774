using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Tests.Support;

namespace AtlasCloud.Emulation.Tests;

public sealed class BillingTests : IDisposable
{
    private const string Today = "start_date=2026-08-26&end_date=2026-08-27";

    private readonly Api _api = new();

    public void Dispose() => _api.Dispose();

    [Fact]
    public async Task Current_day_is_partial_and_has_a_covered_until_time()
    {
        await _api.SubmitImageAsync();
        _api.Clock.Advance(60);

        JsonObject day = Assert.Single((await CostsAsync(_api, Today))["data"]!.AsArray())!.AsObject();

        Assert.Equal("model_cost.bucket", (string)day["object"]!);
        Assert.True((bool)day["partial"]!);
        Assert.Equal("2026-08-26T09:16:00Z", (string)day["covered_until"]!);
        Assert.Equal("2026-08-27T00:00:00Z", (string)day["end_at"]!);
        Assert.Equal("0.003000", (string)day["results"]![0]!["amount"]!["value"]!);
        Assert.Null(day["results"]![0]!["model"]);
    }

    [Fact]
    public async Task Past_day_is_complete_and_the_end_date_is_exclusive()
    {
        await _api.SubmitImageAsync();
        _api.Clock.Advance(86_400);

        Assert.False((bool)(await CostsAsync(_api, Today))["data"]![0]!["partial"]!);
        Assert.Empty((await CostsAsync(_api, "start_date=2026-08-25&end_date=2026-08-26"))["data"]!.AsArray());
        Assert.Empty((await CostsAsync(_api, "start_date=2026-08-27&end_date=2026-08-28"))["data"]!.AsArray());
    }

    [Fact]
    public async Task Reserved_and_released_charges_are_not_billed()
    {
        using Api api = Api.With("""{"rules":[{"path":"*/generateImage","skip":1,"times":1,"task":{"end":"failed"}}]}""");
        await api.SubmitImageAsync();
        await api.SubmitImageAsync();
        Assert.Empty((await CostsAsync(api, Today))["data"]!.AsArray());

        api.Clock.Advance(60);

        Assert.Equal("0.003000", Amounts(await CostsAsync(api, Today)).Single());
    }

    [Fact]
    public async Task Usage_is_reported_in_the_unit_of_each_model_kind()
    {
        await _api.SubmitImageAsync(",\"num_images\":2");
        await _api.SubmitAsync(Api.Video, Some.VideoBody());
        await _api.SubmitAsync(Api.Video, """{"model":"bytedance/seedance-2.0/text-to-video","prompt":"waves","resolution":"480p","duration":5}""");
        using HttpResponseMessage reply = await _api.PostAsync("/v1/chat/completions", Some.Chat("one two"));
        _api.Clock.Advance(600);

        JsonArray results = (await _api.ReadAsync($"/public/v1/model-usage?{Today}&group_by[]=model&group_by[]=api_key"))["data"]![0]!["results"]!.AsArray();
        Dictionary<string, JsonNode> byModel = results.ToDictionary(r => (string)r!["model"]!["name"]!, r => r!["usage"]!);

        Assert.Equal(2, (int)byModel[Some.ImageModel]["images"]!["count"]!);
        Assert.Equal(4m, (decimal)byModel["bytedance/seedance-v1.5-pro/text-to-video"]["video"]!["seconds"]!);
        Assert.Equal(50638, (int)byModel["bytedance/seedance-2.0/text-to-video"]["tokens"]!["output"]!);
        Assert.Null(byModel["bytedance/seedance-2.0/text-to-video"]["video"]);
        Assert.True((int)byModel[Some.ChatModel]["tokens"]!["input"]! > 0);
        Assert.All(byModel.Values, use => Assert.Equal(1, (int)use["requests"]!));
        Assert.All(results, r => Assert.StartsWith("ak_", (string)r!["api_key"]!["id"]!, StringComparison.Ordinal));
        Assert.All(results, r => Assert.StartsWith("ms-", (string)r!["model"]!["id"]!, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Costs_add_up_to_the_deducted_balance()
    {
        for (int i = 0; i < 7; i++)
        {
            await _api.SubmitImageAsync();
        }

        _api.Clock.Advance(60);

        Assert.Equal(100m - _api.Emulator.Balance, Amounts(await CostsAsync(_api, Today)).Sum(a => decimal.Parse(a, CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("", "invalid_parameter", "start_date")]
    [InlineData("start_date=2026-08-26", "invalid_parameter", "end_date")]
    [InlineData("start_date=26.08.2026&end_date=2026-08-27", "invalid_parameter", "start_date")]
    [InlineData("start_date=2026-08-26&end_date=2026-08-26", "invalid_date_range", "end_date")]
    [InlineData("start_date=2026-01-01&end_date=2026-07-01", "invalid_date_range", "end_date")]
    [InlineData(Today + "&scope=team", "invalid_parameter", "scope")]
    [InlineData(Today + "&group_by[]=model,api_key", "invalid_parameter", "group_by")]
    [InlineData(Today + "&group_by=model,api_key", "invalid_parameter", "group_by")]
    [InlineData(Today + "&group_by[]=model_type", "invalid_parameter", "group_by")]
    [InlineData(Today + "&model_types[]=text,image", "invalid_parameter", "model_types")]
    [InlineData(Today + "&model_types[]=smell", "invalid_parameter", "model_types")]
    [InlineData(Today + "&model_ids[]=a,b", "invalid_parameter", "model_ids")]
    [InlineData(Today + "&api_key_ids[]=apikey-secret", "invalid_parameter", "api_key_ids")]
    [InlineData(Today + "&limit=0", "invalid_parameter", "limit")]
    [InlineData(Today + "&limit=1001", "invalid_parameter", "limit")]
    [InlineData(Today + "&page=2", "invalid_parameter", "page")]
    public async Task Invalid_billing_query_is_rejected_in_the_billing_format(string query, string code, string parameter)
    {
        using HttpResponseMessage reply = await _api.GetAsync("/public/v1/model-usage?" + query);
        JsonNode error = (await reply.Content.ReadFromJsonAsync<JsonObject>())!["error"]!;

        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        Assert.Equal(("invalid_request_error", code, parameter), ((string)error["type"]!, (string)error["code"]!, (string)error["param"]!));
    }

    [Fact]
    public async Task Query_accepts_180_days_and_100_model_ids()
    {
        string ids = string.Concat(Enumerable.Range(0, 100).Select(i => $"&model_ids[]=ms-{i}"));

        await CostsAsync(_api, "start_date=2026-01-01&end_date=2026-06-30");
        await CostsAsync(_api, Today + ids);
        using HttpResponseMessage refused = await _api.GetAsync($"/public/v1/model-costs?{Today}{ids}&model_ids[]=ms-100");

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    [Fact]
    public async Task Restricted_key_reads_its_own_billing_data_but_not_the_account()
    {
        using Api api = Api.With("""{"restrictedKey":true}""");

        using HttpResponseMessage refused = await api.GetAsync($"/public/v1/model-costs?{Today}&scope=account");
        JsonNode error = (await refused.Content.ReadFromJsonAsync<JsonObject>())!["error"]!;

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal("account-level billing read permission required", (string)error["message"]!);
        await CostsAsync(api, Today + "&scope=self");
    }

    [Fact]
    public async Task Generated_history_covers_the_requested_days_and_is_reproducible()
    {
        const string Scenario = """{"seed":4,"history":{"days":200,"models":3}}""";
        const string Span = "start_date=2026-02-27&end_date=2026-08-26&scope=account&limit=1000&group_by[]=model";
        using Api api = Api.With(Scenario);
        using Api again = Api.With(Scenario);

        JsonObject first = await CostsAsync(api, Span);
        JsonObject second = await CostsAsync(again, Span);

        Assert.Equal(180, first["data"]!.AsArray().Count);
        Assert.Equal(540, Amounts(first).Count);
        Assert.Equal(Amounts(first), Amounts(second));
        Assert.All(first["data"]!.AsArray(), day => Assert.False((bool)day!["partial"]!));
        Assert.Equal(100m, api.Emulator.Balance);
        Assert.Empty(api.Emulator.Charges);
    }

    [Fact]
    public async Task Account_scope_includes_the_other_key()
    {
        using Api api = Api.With("""{"history":{"days":60}}""");
        const string Span = "start_date=2026-06-27&end_date=2026-08-26&group_by[]=api_key";

        Assert.Equal(["ak_emulator0001"], Keys(await CostsAsync(api, Span)));
        Assert.Equal(["ak_emulator0001", "ak_emulator0002"], Keys(await CostsAsync(api, Span + "&scope=account")));
        Assert.Equal(["ak_emulator0002"], Keys(await CostsAsync(api, Span + "&scope=account&api_key_ids[]=ak_emulator0002")));
    }

    [Fact]
    public async Task Pages_contain_every_row_once_and_their_cursors_are_valid_only_for_their_query()
    {
        using Api api = Api.With("""{"history":{"days":30,"models":4}}""");
        const string Span = "start_date=2026-07-27&end_date=2026-08-26&scope=account&group_by[]=model";
        List<string> whole = Amounts(await CostsAsync(api, Span + "&limit=1000"));
        List<string> pieces = [];
        string? page = null;
        int pages = 0;
        do
        {
            JsonObject reply = await CostsAsync(api, $"{Span}&limit=7{(page is null ? "" : "&page=" + page)}");
            pieces.AddRange(Amounts(reply));
            page = (string?)reply["next_page"];
            Assert.Equal(page is not null, (bool)reply["has_more"]!);
            pages++;
        }
        while (page is not null);

        Assert.Equal(120, whole.Count);
        Assert.Equal(whole, pieces);
        Assert.Equal(18, pages);

        string other = (string)(await CostsAsync(api, Span + "&limit=7"))["next_page"]!;
        using HttpResponseMessage mismatched = await api.GetAsync($"/public/v1/model-costs?{Span}&group_by[]=api_key&page={other}");
        Assert.Equal(HttpStatusCode.BadRequest, mismatched.StatusCode);
    }

    [Fact]
    public async Task Page_has_100_rows_by_default()
    {
        using Api api = Api.With("""{"history":{"days":120,"models":1}}""");

        JsonObject page = await CostsAsync(api, "start_date=2026-04-01&end_date=2026-08-26&scope=account");

        Assert.Equal(100, Amounts(page).Count);
        Assert.True((bool)page["has_more"]!);
    }

    [Fact]
    public async Task Costs_can_be_filtered_by_billing_model_id_and_by_type()
    {
        await _api.SubmitImageAsync();
        await _api.SubmitAsync(Api.Video, Some.VideoBody());
        _api.Clock.Advance(60);
        JsonObject all = await CostsAsync(_api, Today + "&group_by[]=model");
        string id = (string)all["data"]![0]!["results"]!.AsArray().Single(r => (string)r!["model"]!["name"]! == Some.ImageModel)!["model"]!["id"]!;

        Assert.Equal("0.003000", Amounts(await CostsAsync(_api, $"{Today}&model_ids[]={id}")).Single());
        Assert.Equal("0.003000", Amounts(await CostsAsync(_api, Today + "&model_types[]=image&model_types[]=text")).Single());
    }

    private static Task<JsonObject> CostsAsync(Api api, string query) => api.ReadAsync("/public/v1/model-costs?" + query);

    private static List<string> Amounts(JsonObject list) =>
        [.. list["data"]!.AsArray().SelectMany(day => day!["results"]!.AsArray()).Select(r => (string)r!["amount"]!["value"]!)];

    private static IEnumerable<string> Keys(JsonObject list) =>
        list["data"]!.AsArray().SelectMany(day => day!["results"]!.AsArray()).Select(r => (string)r!["api_key"]!["id"]!).Distinct().Order(StringComparer.Ordinal);
}
