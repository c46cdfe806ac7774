using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AtlasCloud.Bench.Server;

/// <summary>The catalog of the server: 500 models, including those that the measurements use.</summary>
internal static class BenchCatalog
{
    internal const int Models = 500;

    internal const string ChatModel = "bench/chat";

    private static readonly string s_fixtures = Path.Join(AppContext.BaseDirectory, "Fixtures");

    internal static byte[] Compose(string baseAddress, IEnumerable<BenchModel> used)
    {
        JsonArray models = [Describe(baseAddress, ChatModel, "Text")];
        foreach (BenchModel model in used)
        {
            models.Add(Describe(baseAddress, model.Id, "Image"));
        }

        for (int n = models.Count; n < Models; n++)
        {
            models.Add(Describe(baseAddress, string.Create(CultureInfo.InvariantCulture, $"provider-{n % 20}/family-{n:000}/text-to-image"), "Image"));
        }

        return JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["code"] = "200", ["message"] = "success", ["data"] = models });
    }

    internal static byte[] ReadSchema() => File.ReadAllBytes(Path.Join(s_fixtures, "schema.json"));

    /// <summary>The run times of the models that the recorded catalog states, with the kind of each model.</summary>
    internal static IReadOnlyList<(ModelKind Kind, TimeSpan RunTime)> ReadRunTimes()
    {
        using JsonDocument catalog = JsonDocument.Parse(File.ReadAllBytes(Path.Join(s_fixtures, "models.json")));
        return
        [
            .. from model in catalog.RootElement.GetProperty("data").EnumerateArray()
               where model.TryGetProperty("avgLatency", out _)
               let seconds = double.Parse(model.GetProperty("avgLatency").ToString(), CultureInfo.InvariantCulture)
               where seconds > 0
               select (KindOf(model.GetProperty("type").GetString()!), TimeSpan.FromSeconds(seconds)),
        ];
    }

    private static ModelKind KindOf(string type) => type switch
    {
        "Video" => ModelKind.Video,
        "Audio" => ModelKind.Speech,
        _ => ModelKind.Image,
    };

    private static JsonObject Describe(string baseAddress, string id, string type) => new()
    {
        ["uuid"] = id,
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
