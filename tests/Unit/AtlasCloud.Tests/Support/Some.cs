using System.Text.Json;
using AtlasCloud.Http;

namespace AtlasCloud.Tests;

/// <summary>Plausible values for tests that do not depend on a particular value.</summary>
internal static class Some
{
    internal const string Key = "apikey-3f9a1c7e5b2d4860";
    internal const string Id = "b072da7f39c24a5f89cfc5ddfcc01352";
    internal const string ImageModel = "google/nano-banana-2/text-to-image";

    internal static AtlasCloudOptions Options() => new() { ApiKey = Key };

    internal static AtlasCloudClient Client(StubHandler handler, FakeClock? clock = null, AtlasCloudOptions? options = null) =>
        new(options ?? Options(), handler, clock ?? new FakeClock(), Random());

    internal static HttpPipeline Pipeline(StubHandler handler, FakeClock? clock = null, AtlasCloudOptions? options = null) =>
        new(options ?? Options(), handler, clock ?? new FakeClock(), Random());

    internal static Random Random() => new(20260826);

    internal static ApiCall Read(string path = "model/prediction/" + Id) => new(HttpMethod.Get, new Uri("https://api.atlascloud.ai/api/v1/" + path), "a thing");

    /// <summary>A handler with catalog and schemas, which a client reads before it submits.</summary>
    internal static StubHandler Service(params StubReply[] replies) => new StubHandler(replies)
        .When("/api/v1/models", StubReply.Of(200, Fixture.Bytes("models.json"), "application/json"))
        .When("/model/schema/google-nano-banana-2-text-to-image.json", StubReply.Of(200, Fixture.Bytes("schemas/google-nano-banana-2-text-to-image.json"), "application/json"))
        .When("/model/schema/", StubReply.Json("{}", 404));

    internal static GenerationRequest Request(string model = ImageModel) => new() { Model = model, Prompt = "a lighthouse" };

    internal static Prediction Prediction(string id = Id, ModelKind kind = ModelKind.Image) => new() { Id = id, Kind = kind, Status = "processing" };

    internal static StubReply State(string status, string id = Id, string extra = "") =>
        StubReply.Json($$"""{"code":200,"data":{"id":"{{id}}","status":"{{status}}"{{extra}} } }""");

    /// <summary>Accepts each submit with another ID.</summary>
    internal static StubReply Accepted() => new((request, cancellationToken) => State("processing", Guid.NewGuid().ToString("N")).AnswerAsync(request, cancellationToken));

    internal static StubReply Completed(string id = Id) =>
        State("completed", id, ""","outputs":["https://storage.atlascloud.ai/outputs/result.png"]""");

    internal static JsonElement Json(string text)
    {
        using JsonDocument document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    internal static CancellationToken NoStop => CancellationToken.None;
}
