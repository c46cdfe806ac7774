using System.Net.Http.Json;

namespace AtlasCloud.Tests.Drift;

/// <summary>
/// Compares the emulator with the service. The long form asks the real service if ATLASCLOUD_TEST_SERVICE_KEY contains an API key for it, and then fails with
/// the list of the differences; ATLASCLOUD_TEST_SERVICE_URL names another origin than the default. All of it is read-only and free.
/// </summary>
public sealed class ServiceDriftTests(ITestOutputHelper output) : IDisposable
{
    private const string Key = "ATLASCLOUD_TEST_SERVICE_KEY";
    private const string Address = "ATLASCLOUD_TEST_SERVICE_URL";

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = true }) { Timeout = TimeSpan.FromSeconds(30) };

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task Emulator_does_not_differ_from_the_service()
    {
        using Emulator emulator = await StartAsync();
        using Emulator standIn = await StartAsync();
        string? key = TestForm.IsLong ? Environment.GetEnvironmentVariable(Key) : null;
        Uri service = string.IsNullOrWhiteSpace(key) ? standIn.BaseUri : new Uri(Environment.GetEnvironmentVariable(Address) ?? "https://api.atlascloud.ai/");

        IReadOnlyList<string> found = await ServiceDrift.FindAsync(
            new ServiceSurvey(_http, service, string.IsNullOrWhiteSpace(key) ? standIn.ApiKey : key.Trim()), Survey(emulator), TestForm.IsLong ? 100 : 20);

        output.WriteLine($"{service.Authority}: {found.Count} differences");
        foreach (string difference in found)
        {
            output.WriteLine(difference);
        }

        Assert.True(found.Count == 0, $"{service.Authority} differs from the emulator:\n{string.Join('\n', found)}");
    }

    [Fact]
    public async Task Differences_of_catalog_and_schemas_are_listed()
    {
        using Emulator changed = await StartAsync("""
            {"catalog":[
              {"model":"z-image/turbo","entry":{"rating":5,"avgLatency":{"p50":1},"type":"Hologram","price":{"actual":{"unit":7}}}},
              {"model":"alibaba/wan-3.0/text-to-video","schema":{"properties":{"seed":null,"style":{"type":"string"},"duration":{"minimum":1}},"required":["prompt","style"]}}]}
            """);
        using Emulator emulator = await StartAsync();

        IReadOnlyList<string> found = await ServiceDrift.FindAsync(Survey(changed), Survey(emulator), 100);

        Assert.Contains("catalog: 'data[].rating' (number) is not in the emulator", found);
        Assert.Contains("catalog: 'type' has the new value 'Hologram'", found);
        Assert.Contains("catalog: 'data[].price.actual.unit' is number or string, in the emulator string", found);
        Assert.Contains("schema of alibaba/wan-3.0/text-to-video: input 'seed' is missing", found);
        Assert.Contains("schema of alibaba/wan-3.0/text-to-video: input 'style' is not in the emulator", found);
        Assert.Contains(found, d => d.StartsWith("schema of alibaba/wan-3.0/text-to-video: 'minimum' of input 'duration' is 1, in the emulator ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Differences_of_errors_and_headers_are_listed()
    {
        using Emulator changed = await StartAsync("""
            {"rules":[
              {"path":"/api/v1/model/prediction/0000*","reply":{"status":410,"headers":{"X-RateLimit-Limit":"5"},"body":{"fault":{"reason":"gone"}}}},
              {"path":"/public/v1/balance","reply":{"body":{"object":"balance","available":12.5}}},
              {"path":"/api/v1/webhooks/*","reply":{"status":502,"headers":{"Content-Type":"text/html"},"body":"<html></html>"}}]}
            """);
        using Emulator emulator = await StartAsync();

        IReadOnlyList<string> found = await ServiceDrift.FindAsync(Survey(changed), Survey(emulator), 1);

        Assert.Contains("unknown prediction: HTTP 410, in the emulator 404", found);
        Assert.Contains("unknown prediction: the header x-ratelimit-limit is not in the emulator", found);
        Assert.Contains("unknown prediction: 'fault' (object) is not in the emulator", found);
        Assert.Contains("unknown prediction: 'code' is missing", found);
        Assert.Contains("balance: 'available' is number, in the emulator object", found);
        Assert.Contains("webhook keys: HTTP 502, in the emulator 200", found);
        Assert.Contains("webhook keys: the body is not JSON", found);
        Assert.Contains("webhook keys: the media type is text/html, in the emulator application/json", found);
    }

    [Theory]
    [InlineData("silent")]
    [InlineData("html")]
    [InlineData("other JSON")]
    [InlineData("another host")]
    public async Task Hostile_service_is_a_list_of_differences_and_gets_the_key_only_where_it_is_needed(string kind)
    {
        using Emulator emulator = await StartAsync();
        StubReply reply = kind switch
        {
            "silent" => StubReply.Fault(HttpRequestError.ConnectionError),
            "html" => StubReply.Text("<html><title>Sign in</title></html>", 200, "text/html"),
            "other JSON" => StubReply.Json($"{{{string.Join(',', Enumerable.Range(0, 5000).Select(i => $"\"member\\u001b{i}\":{new string('[', 40)}{i}{new string(']', 40)}"))}}}"),
            _ => StubReply.Json("""{"code":"200","data":[{"model":"z-image/turbo","type":"Image","schema":"https://169.254.169.254/latest"}]}"""),
        };
        StubHandler host = new StubHandler().When("/", reply);
        using HttpClient http = new(host);

        IReadOnlyList<string> found = await ServiceDrift.FindAsync(new ServiceSurvey(http, new Uri("https://service.example.com"), Some.Key), Survey(emulator), 100);

        Assert.Contains(found, d => d.StartsWith("balance: ", StringComparison.Ordinal));
        Assert.All(found, d => Assert.True(d.All(c => !char.IsControl(c)) && d.Length < 600, d));
        Assert.All(host.Seen, s => Assert.Equal(("service.example.com", HttpMethod.Get), (s.Address.Host, s.Method)));
        Assert.Equal(
            SurveyCall.All.Where(c => c.SendsKey).Select(c => c.Path).Order(StringComparer.Ordinal),
            host.Seen.Where(s => s.Headers.ContainsKey("Authorization")).Select(s => s.Path).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(Some.Key, string.Concat(found), StringComparison.Ordinal);
    }

    private ServiceSurvey Survey(Emulator emulator) => new(_http, emulator.BaseUri, emulator.ApiKey);

    // The account has a task, so that its history is not empty.
    private async Task<Emulator> StartAsync(string? scenario = null)
    {
        Emulator emulator = Emulator.Start(new EmulatorOptions { TimeScale = 0, Scenario = scenario is null ? null : EmulatorScenario.Parse(scenario) });
        using HttpRequestMessage submit = new(HttpMethod.Post, new Uri(emulator.BaseUri, "/api/v1/model/generateImage"));
        submit.Headers.Authorization = new("Bearer", emulator.ApiKey);
        submit.Content = JsonContent.Create(new { model = Some.ImageModel, prompt = "a lighthouse" });
        using HttpResponseMessage response = await _http.SendAsync(submit);
        response.EnsureSuccessStatusCode();
        return emulator;
    }
}
