using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Tests.Support;

namespace AtlasCloud.Emulation.Tests;

public sealed class CatalogChangeTests
{
    private const string SchemaPath = "/static/model/schema/black-forest-labs-flux-schnell.json";

    [Fact]
    public async Task Removed_model_is_missing_in_the_catalog_and_rejected_at_submit()
    {
        using Api api = Api.With($$"""{"catalog":[{"model":"{{Some.ImageModel}}","gone":true,"afterRequests":2}]}""");
        string id = await api.SubmitImageAsync();
        (List<string> before, string tag) = await CatalogAsync(api);
        (List<string> after, string other) = await CatalogAsync(api);

        using HttpResponseMessage refused = await api.PostAsync(Api.Image, Some.ImageBody());
        using HttpResponseMessage unpriced = await api.PostAsync("/api/v1/model/calculate", Some.ImageBody());
        using HttpResponseMessage schema = await api.GetAsync(SchemaPath, withKey: false);

        Assert.Equal([Some.ImageModel], before.Except(after));
        Assert.NotEqual(tag, other);
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        Assert.Contains("model not found", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, unpriced.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, schema.StatusCode);

        // Tasks that were submitted before the removal continue.
        api.Clock.Advance(60);
        Assert.Equal("completed", (string)(await api.PollAsync(id))["status"]!);
    }

    [Fact]
    public async Task Entry_can_have_a_hostile_name_and_is_still_validated_and_charged_like_the_original_model()
    {
        const string Name = "lab/x\u2019; $(whoami)";
        const string Entry = """{"model":"NAME","displayName":"$(1)","tags":["\u201C;`"],"price":{"actual":{"base_price":-1}}}""";
        using Api api = Api.With($$"""{"catalog":[{"model":"{{Some.ImageModel}}","entry":{{Entry.Replace("NAME", Name, StringComparison.Ordinal)}} }]}""");

        (List<string> models, _) = await CatalogAsync(api);
        using HttpResponseMessage refused = await api.PostAsync(Api.Image, $$"""{"model":"{{Name}}"}""");
        using HttpResponseMessage accepted = await api.PostAsync(Api.Image, $$"""{"model":"{{Name}}","prompt":"a"}""");
        using HttpResponseMessage schema = await api.GetAsync(SchemaPath, withKey: false);

        Assert.Contains(Name, models);
        Assert.DoesNotContain(Some.ImageModel, models);
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.OK, HttpStatusCode.OK), (refused.StatusCode, accepted.StatusCode, schema.StatusCode));
        Assert.Equal((Name, 0.003m), (api.Emulator.Charges.Single().Model, api.Emulator.Charges.Single().Amount));
    }

    [Fact]
    public async Task Schema_can_have_hostile_names_values_and_defaults()
    {
        const string Properties = """{"a; rm":{"type":"string","enum":["\u2018;x","$(y)"]},"seed":{"default":"(Get-Date)"}}""";
        using Api api = Api.With($$"""{"catalog":[{"model":"{{Some.ImageModel}}","schema":{"properties":{{Properties}} } }]}""");

        using HttpResponseMessage reply = await api.GetAsync(SchemaPath, withKey: false);
        JsonNode properties = (await reply.Content.ReadFromJsonAsync<JsonObject>())!["components"]!["schemas"]!["Input"]!["properties"]!;

        Assert.Equal("\u2018;x", (string)properties["a; rm"]!["enum"]![0]!);
        Assert.Equal("(Get-Date)", (string)properties["seed"]!["default"]!);
    }

    [Fact]
    public async Task Price_changes_at_the_configured_time()
    {
        using Api api = Api.With($$"""{"catalog":[{"model":"{{Some.ImageModel}}","price":0.25,"afterMilliseconds":60000}]}""");
        (_, string tag) = await CatalogAsync(api);
        Assert.Equal("0.003", await PriceAsync(api));

        api.Clock.Advance(59);
        Assert.Equal("0.003", await PriceAsync(api));
        api.Clock.Advance(1);
        Assert.Equal("0.25", await PriceAsync(api));

        await api.SubmitImageAsync();
        Assert.Equal(0.25m, api.Emulator.Charges.Single().Amount);
        (_, string other) = await CatalogAsync(api);
        Assert.NotEqual(tag, other);
    }

    [Fact]
    public async Task Changed_catalog_is_sent_to_a_client_with_the_old_etag()
    {
        using Api api = Api.With("""{"catalog":[{"model":"*","gone":true,"afterRequests":2}]}""");
        using HttpResponseMessage first = await api.GetAsync("/api/v1/models");

        using HttpResponseMessage same = await api.SendAsync(HttpMethod.Get, "/api/v1/models", headers: h => h.IfNoneMatch.Add(first.Headers.ETag!));
        using HttpResponseMessage changed = await api.SendAsync(HttpMethod.Get, "/api/v1/models", headers: h => h.IfNoneMatch.Add(first.Headers.ETag!));

        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.Empty((await changed.Content.ReadFromJsonAsync<JsonObject>())!["data"]!.AsArray());
    }

    [Fact]
    public async Task Changed_schema_is_published_and_enforced()
    {
        using Api api = Api.With($$$"""
            {"catalog":[{"model":"{{{Some.ImageModel}}}","afterRequests":1,
                         "schema":{"properties":{"style":{"type":"string","enum":["ink","oil"]},"seed":null},"required":["prompt","style"]}}]}
            """);
        await api.SubmitImageAsync();

        using HttpResponseMessage without = await api.PostAsync(Api.Image, Some.ImageBody());
        using HttpResponseMessage wrong = await api.PostAsync(Api.Image, Some.ImageBody(",\"style\":\"lead\""));
        await api.SubmitImageAsync(",\"style\":\"ink\",\"seed\":7");
        JsonNode input = (await api.ReadAsync(SchemaPath))["components"]!["schemas"]!["Input"]!;

        Assert.Contains("style is required", await without.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("style must be one of ink, oil", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.NotNull(input["properties"]!["style"]);
        Assert.Null(input["properties"]!["seed"]);
        Assert.NotNull(input["properties"]!["prompt"]);
        Assert.DoesNotContain("seed", api.Emulator.Charges[^1].EffectiveBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_prices_of_chat_models_can_change()
    {
        using Api api = Api.With($$$"""{"catalog":[{"model":"deepseek-ai/*","price":{"input_price":"0","output_price":1000000}}]}""");

        using HttpResponseMessage reply = await api.PostAsync("/v1/chat/completions", Some.Chat("hello"));

        Assert.Equal((decimal)(await reply.Content.ReadFromJsonAsync<JsonObject>())!["usage"]!["completion_tokens"]!, api.Emulator.Charges.Single().Amount);
    }

    [Fact]
    public async Task Catalog_is_unchanged_without_matching_changes()
    {
        using Api usual = new();
        using Api ruled = Api.With("""{"rules":[],"catalog":[{"model":"no/such-model","gone":true}]}""");

        Assert.Equal((await CatalogAsync(usual)).Models, (await CatalogAsync(ruled)).Models);
    }

    private static async Task<string> PriceAsync(Api api) => (string)(await api.SubmitAsync("/api/v1/model/calculate", Some.ImageBody()))["price"]!;

    private static async Task<(List<string> Models, string Tag)> CatalogAsync(Api api)
    {
        using HttpResponseMessage reply = await api.GetAsync("/api/v1/models");
        JsonArray rows = (await reply.Content.ReadFromJsonAsync<JsonObject>())!["data"]!.AsArray();
        return ([.. rows.Select(row => (string)row!["model"]!)], reply.Headers.ETag!.Tag);
    }
}
