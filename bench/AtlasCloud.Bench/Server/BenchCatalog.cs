using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AtlasCloud.Bench.Server;

/// <summary>The catalog of the server: 500 models, including those that the measurements use.</summary>
internal static class BenchCatalog
{
    internal const int Models = 500;

    internal const string ChatModel = "bench/chat";

    internal static byte[] Compose(string baseAddress, IEnumerable<BenchModel> used)
    {
        JsonArray models = [Describe(baseAddress, ChatModel, "Text")];
        foreach (BenchModel model in used)
        {
            models.Add(Describe(baseAddress, model.Id, "Image", model.ServiceTime));
        }

        for (int n = models.Count; n < Models; n++)
        {
            models.Add(Describe(baseAddress, string.Create(CultureInfo.InvariantCulture, $"provider-{n % 20}/family-{n:000}/text-to-image"), "Image"));
        }

        return JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["code"] = "200", ["message"] = "success", ["data"] = models });
    }

    internal static byte[] ReadSchema() => File.ReadAllBytes(Path.Join(AppContext.BaseDirectory, "schema.json"));

    private static JsonObject Describe(string baseAddress, string id, string type, TimeSpan? average = null) => new()
    {
        ["uuid"] = id,
        // The catalog has no zero; a tenth of a second is the least that it states.
        ["avgLatency"] = average is TimeSpan known ? Math.Max(0.1, known.TotalSeconds) : null,
        ["model"] = id,
        ["type"] = type,
        ["displayName"] = id,
        ["schema"] = $"{baseAddress}/schema.json",
        ["categories"] = new JsonArray(type == "Text" ? "LLM" : "TEXT-TO-IMAGE"),
        ["organization"] = "BENCH",
        ["tags"] = new JsonArray("HOT"),
        ["familyName"] = id.Split('/')[1],
        ["price"] = new JsonObject { ["actual"] = new JsonObject { ["base_price"] = "0.01" }, ["origin"] = new JsonObject { ["base_price"] = "0.01" } },
        ["display_console"] = true,
        ["input_modalities"] = new JsonArray("text"),
        ["output_modalities"] = new JsonArray(type == "Text" ? "text" : "image"),
        ["llm_api_formats"] = type == "Text" ? new JsonArray("openai.chat.completions") : null,
    };
}
