using System.Collections;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using AtlasCloud.Json;
using AtlasCloud.Requests;

namespace AtlasCloud.Tests;

/// <summary>Each recorded request to generate something: we send such bodies, and the emulator accepts them.</summary>
public sealed class RecordedRequestTests
{
    // What we refuse to send, since the schemas of these models declare other inputs.
    private static readonly Dictionary<string, string> s_refused = new(StringComparer.Ordinal)
    {
        ["audio-suno-custom.json"] = "has no input 'instrumental'; did you mean 'is_instrumental'?",
        ["image-flux-schnell-legacy.json"] = "has no input 'steps'",
        ["image-nested-input.json"] = "has no input 'input'",
    };

    public static TheoryData<string> Files { get; } =
        [.. Fixture.All.Where(f => f.StartsWith("requests/", StringComparison.Ordinal) && Fixture.Route(f).StartsWith("/api/v1/model/generate", StringComparison.Ordinal)).Select(f => f["requests/".Length..])];

    [Theory]
    [MemberData(nameof(Files))]
    public void Compose_sends_a_recorded_request_unchanged_or_refuses_its_unknown_inputs(string file)
    {
        JsonObject expected = JsonNode.Parse(Fixture.Bytes("requests/" + file))!.AsObject();
        string model = (string)expected["model"]!;
        Uri? webhook = (string?)expected["webhook_url"] is string address ? new Uri(address) : null;
        GenerationRequest request = new() { Model = model, WebhookUri = webhook, Parameters = Inputs(expected) };

        try
        {
            JsonObject body = RequestComposer.Compose(request, null, SomeModel.Schema(model.Replace('/', '-'))).Body;
            Assert.False(s_refused.ContainsKey(file), body.ToJsonString());
            Assert.True(JsonNode.DeepEquals(expected, body), body.ToJsonString());
        }
        catch (AtlasCloudException exception)
        {
            Assert.Contains(s_refused.GetValueOrDefault(file, "nothing is expected to be refused"), exception.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Emulator_accepts_each_recorded_request(string file)
    {
        using Emulator emulator = Emulator.Start(new EmulatorOptions { TimeScale = 0 });
        using HttpClient plain = new();
        using HttpRequestMessage message = new(HttpMethod.Post, new Uri(emulator.BaseUri, Fixture.Route("requests/" + file)));
        message.Headers.Authorization = new("Bearer", emulator.ApiKey);
        message.Content = new ByteArrayContent(Fixture.Bytes("requests/" + file));
        message.Content.Headers.ContentType = new("application/json");

        using HttpResponseMessage response = await plain.SendAsync(message);

        Assert.True(response.StatusCode == HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
    }

    private static IDictionary Inputs(JsonObject body)
    {
        JsonObject inputs = (JsonObject)body.DeepClone();
        inputs.Remove("model");
        inputs.Remove("webhook_url");
        return (IDictionary)JsonValues.FromJson(JsonSerializer.SerializeToElement(inputs))!;
    }
}
