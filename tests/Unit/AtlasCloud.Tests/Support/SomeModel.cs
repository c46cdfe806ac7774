using System.Collections;
using System.Text.Json.Nodes;
using AtlasCloud.Json;
using AtlasCloud.Models;
using AtlasCloud.Requests;

namespace AtlasCloud.Tests;

/// <summary>Models with recorded schemas, and the composed requests to them.</summary>
internal static class SomeModel
{
    internal static ModelSchema Schema(string file) => SchemaReader.Read(Fixture.Json($"schemas/{file}.json"), file)!;

    /// <summary>Returns the body of a request to the model of a schema file, on one line, without model and prompt.</summary>
    internal static string Compose(string? file, GenerationRequest request)
    {
        JsonObject body = RequestComposer.Compose(request, null, file is null ? null : Schema(file)).Body;
        body.Remove("model");
        body.Remove("prompt");
        body.Remove("text");
        return body.ToJsonString(AtlasJson.Readable).ReplaceLineEndings("").Replace("  ", "", StringComparison.Ordinal).Replace("\": ", "\":", StringComparison.Ordinal);
    }

    internal static AtlasCloudException Fail(string file, GenerationRequest request) =>
        Assert.Throws<AtlasCloudException>(() => Compose(file, request));

    internal static GenerationRequest Request(IDictionary? parameters = null) => new() { Model = "a/b", Prompt = "a lighthouse", Parameters = parameters };

    internal static MediaSource Medium(string name) => MediaSource.Parse("https://example.com/" + name);

    internal static MediaSource[] Media(params string[] names) => [.. names.Select(Medium)];
}
