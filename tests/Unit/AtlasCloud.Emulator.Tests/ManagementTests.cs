using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Tests.Support;

namespace AtlasCloud.Emulation.Tests;

public sealed class ManagementTests : IDisposable
{
    private const string Image = """{"model":"google/nano-banana-2/text-to-image","prompt":"x"}""";

    private readonly Api _api = new();

    public void Dispose() => _api.Dispose();

    [Fact]
    public async Task Management_accepts_the_management_key_only_and_models_accept_API_keys_only()
    {
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(HttpMethod.Get, "public/v1/projects")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(HttpMethod.Get, "public/v1/projects", key: _api.Emulator.ApiKey)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(HttpMethod.Get, "public/v1/balance")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SubmitAsync(_api.Emulator.ManagementKey)).Status);
        Assert.Empty(_api.Emulator.Charges);
    }

    [Fact]
    public async Task New_key_works_for_models_until_it_is_disabled()
    {
        (string id, string secret) = await CreateKeyAsync(await CreateProjectAsync("north"));
        Assert.Equal(HttpStatusCode.OK, (await SubmitAsync(secret)).Status);

        JsonObject disabled = (await SendAsync(HttpMethod.Post, $"public/v1/api-keys/{id}/disable")).Body!;

        Assert.Equal("disabled", (string)disabled["status"]!);
        Assert.Null(disabled["key"]);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SubmitAsync(secret)).Status);
        Assert.Equal(id, Assert.Single(_api.Emulator.Charges).ApiKeyId);
    }

    [Fact]
    public async Task Removed_key_is_rejected_and_removing_it_again_succeeds()
    {
        (string id, string secret) = await CreateKeyAsync(await CreateProjectAsync("north"));

        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(HttpMethod.Delete, $"public/v1/api-keys/{id}")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(HttpMethod.Delete, $"public/v1/api-keys/{id}")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SubmitAsync(secret)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(HttpMethod.Put, $"public/v1/api-keys/{id}/allowance", """{"type":"unlimited"}""")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(HttpMethod.Delete, "public/v1/api-keys/ak_0SampleKeyId0123456789")).Status);
    }

    [Fact]
    public async Task Key_is_rejected_past_its_allowance_until_the_next_period()
    {
        (string id, string secret) = await CreateKeyAsync(await CreateProjectAsync("north"));
        await SendAsync(HttpMethod.Put, $"public/v1/api-keys/{id}/allowance", """{"type":"periodic","period":"day","amount":{"value":"0.10","currency":"usd"}}""");

        Assert.Equal(HttpStatusCode.OK, (await SubmitAsync(secret)).Status);
        (HttpStatusCode status, JsonObject? body) = await SubmitAsync(secret);
        Assert.Equal((HttpStatusCode.PaymentRequired, "API key allowance exceeded"), (status, (string)body!["msg"]!));

        _api.Clock.Advance(86_400);
        Assert.Equal(HttpStatusCode.OK, (await SubmitAsync(secret)).Status);
    }

    [Fact]
    public async Task Keys_of_a_project_share_its_budget_and_other_projects_do_not()
    {
        string project = await CreateProjectAsync("north", ""","budget":{"total_limit":{"value":"0.10","currency":"usd"}}""");
        (_, string first) = await CreateKeyAsync(project, "first");
        (_, string second) = await CreateKeyAsync(project, "second");

        Assert.Equal(HttpStatusCode.OK, (await SubmitAsync(first)).Status);
        Assert.Equal("project budget exceeded", (string)(await SubmitAsync(second)).Body!["msg"]!);
        Assert.Equal(HttpStatusCode.OK, (await SubmitAsync(_api.Emulator.ApiKey)).Status);
        Assert.Equal(2, _api.Emulator.Charges.Count);
    }

    [Fact]
    public async Task Budget_is_replaced_as_a_whole()
    {
        string project = await CreateProjectAsync("north", ""","budget":{"monthly_limit":{"value":"100.00","currency":"usd"},"usage_alert_percent":80}""");

        JsonObject changed = (await SendAsync(HttpMethod.Put, $"public/v1/projects/{project}/budget", """{"daily_limit":{"value":"10.00","currency":"usd"}}""")).Body!;

        Assert.Equal("10.000000", (string)changed["budget"]!["daily_limit"]!["value"]!);
        Assert.Equal("0.000000", (string)changed["budget"]!["monthly_limit"]!["value"]!);
        Assert.Equal(0, (int)changed["budget"]!["usage_alert_percent"]!);
    }

    [Fact]
    public async Task Usage_agrees_with_the_charges_and_archived_projects_can_be_read()
    {
        string project = await CreateProjectAsync("north");
        (string id, string secret) = await CreateKeyAsync(project);
        await SubmitAsync(secret);
        _api.Clock.Advance(60);
        await SendAsync(HttpMethod.Post, $"public/v1/projects/{project}/archive");

        foreach (string path in new[] { $"public/v1/projects/{project}/usage", $"public/v1/api-keys/{id}/usage" })
        {
            JsonObject usage = (await SendAsync(HttpMethod.Get, path + "?from=2026-08-26T00:00:00Z&to=2026-08-27T00:00:00Z")).Body!;
            Assert.Equal((1, 1, 0), ((int)usage["requests"]!, (int)usage["successes"]!, (int)usage["failures"]!));
            Assert.Equal("0.080000", (string)usage["amount"]!["value"]!);
        }

        Assert.Equal(HttpStatusCode.Unauthorized, (await SubmitAsync(secret)).Status);
        Assert.Equal(99.92m, _api.Emulator.Balance);
    }

    [Theory]
    [InlineData("POST", "projects", """{"name":"x"}""", 400)]
    [InlineData("POST", "projects", """{"name":"north","color":"red"}""", 400)]
    [InlineData("POST", "projects", """{"name":"north","budget":{"usage_alert_percent":80}}""", 400)]
    [InlineData("POST", "projects", """{"name":"Default"}""", 409)]
    [InlineData("POST", "api-keys", """{"name":"k","project_id":"019a6eab-7c00-7000-8000-000000000201"}""", 404)]
    [InlineData("PUT", "projects/019a6eab-7c00-7000-8000-000000000201/budget", "{}", 404)]
    [InlineData("GET", "projects/019a6eab-7c00-7000-8000-000000000201", null, 404)]
    [InlineData("PUT", "api-keys/ak_0SampleKeyId0123456789/allowance", """{"type":"fixed"}""", 400)]
    public async Task Request_that_does_not_fit_is_refused(string method, string path, string? body, int status) =>
        Assert.Equal(status, (int)(await SendAsync(new HttpMethod(method), "public/v1/" + path, body)).Status);

    [Theory]
    [InlineData("from=2026-08-26T00:30:00Z&to=2026-08-27T00:00:00Z")]
    [InlineData("from=2026-08-26T00:00:00Z")]
    [InlineData("from=2026-08-26T00:00:00Z&to=2026-08-26T00:00:00Z")]
    [InlineData("from=2026-08-26T00:00:00Z&to=2026-09-27T00:00:00Z")]
    [InlineData("from=2026-08-26T00:00:00Z&to=2026-08-27T00:00:00Z&scope=self")]
    [InlineData("from=2026-08-26T00:00:00Z&to=2026-08-27T00:00:00Z&to=2026-08-28T00:00:00Z")]
    public async Task Usage_query_that_does_not_fit_is_refused(string query)
    {
        string project = await CreateProjectAsync("north");

        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(HttpMethod.Get, $"public/v1/projects/{project}/usage?{query}")).Status);
    }

    [Fact]
    public async Task Names_of_keys_are_compared_without_case_and_a_removed_key_frees_its_name()
    {
        string project = await CreateProjectAsync("north");
        (string id, _) = await CreateKeyAsync(project, "farm");
        string body = $$"""{"name":"FARM","project_id":"{{project}}"}""";

        Assert.Equal(HttpStatusCode.Conflict, (await SendAsync(HttpMethod.Post, "public/v1/api-keys", body)).Status);
        await SendAsync(HttpMethod.Delete, $"public/v1/api-keys/{id}");
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(HttpMethod.Post, "public/v1/api-keys", body)).Status);
    }

    [Fact]
    public async Task Twenty_active_projects_are_the_limit_and_archived_ones_do_not_count()
    {
        string last = "";
        for (int i = 0; i < 19; i++)
        {
            last = await CreateProjectAsync($"project-{i}");
        }

        (HttpStatusCode status, JsonObject? refused) = await SendAsync(HttpMethod.Post, "public/v1/projects", """{"name":"one more"}""");
        Assert.Equal((HttpStatusCode.Conflict, "project_limit_exceeded"), (status, (string)refused!["error"]!["code"]!));

        await SendAsync(HttpMethod.Post, $"public/v1/projects/{last}/archive");
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(HttpMethod.Post, "public/v1/projects", """{"name":"one more"}""")).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await SendAsync(HttpMethod.Put, $"public/v1/projects/{last}/budget", "{}")).Status);
    }

    [Fact]
    public async Task Secrets_are_masked_in_the_ledger()
    {
        (_, string secret) = await CreateKeyAsync(await CreateProjectAsync("north"));
        await SubmitAsync(_api.Emulator.ApiKey, Image.Replace("\"x\"", $"\"{secret} {_api.Emulator.ManagementKey}\"", StringComparison.Ordinal));

        Assert.DoesNotContain(_api.Emulator.Ledger, e => e.ToString().Contains(secret, StringComparison.Ordinal) || e.ToString().Contains(_api.Emulator.ManagementKey, StringComparison.Ordinal));
    }

    private async Task<string> CreateProjectAsync(string name, string members = "") =>
        (string)(await SendAsync(HttpMethod.Post, "public/v1/projects", $$"""{"name":"{{name}}"{{members}}}""")).Body!["id"]!;

    private async Task<(string Id, string Secret)> CreateKeyAsync(string project, string name = "farm")
    {
        JsonObject key = (await SendAsync(HttpMethod.Post, "public/v1/api-keys", $$"""{"name":"{{name}}","project_id":"{{project}}"}""")).Body!;
        Assert.Matches("^ak_[0-9A-Za-z]{22}$", (string)key["id"]!);
        return ((string)key["id"]!, (string)key["key"]!);
    }

    private Task<(HttpStatusCode Status, JsonObject? Body)> SubmitAsync(string key, string body = Image) => SendAsync(HttpMethod.Post, "api/v1/model/generateImage", body, key);

    private async Task<(HttpStatusCode Status, JsonObject? Body)> SendAsync(HttpMethod method, string path, string? body = null, string? key = null)
    {
        using HttpClient client = new() { BaseAddress = _api.Emulator.BaseUri };
        using HttpRequestMessage request = new(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key ?? _api.Emulator.ManagementKey);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await client.SendAsync(request);
        string text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text)!.AsObject());
    }
}
