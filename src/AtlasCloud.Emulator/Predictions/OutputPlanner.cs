using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Catalog;
using AtlasCloud.Emulation.Pricing;
using AtlasCloud.Emulation.Rendering;

namespace AtlasCloud.Emulation.Predictions;

/// <summary>Decides what a request delivers.</summary>
internal sealed class OutputPlanner
{
    private const string Png = "image/png";
    private const string Mp4 = "video/mp4";
    private const decimal MaximumSeconds = 60m;
    private const decimal SongSeconds = 8m;

    private readonly Func<string, decimal?> _videoLength;

    internal OutputPlanner(Func<string, decimal?> videoLength) => _videoLength = videoLength;

    internal OutputPlan Plan(string id, CatalogModel model, JsonObject body, Quote quote)
    {
        RequestValues values = new(body, ModelSchema.Of(model));
        string prompt = values.FirstText("prompt", "text") ?? "";
        return model.Kind switch
        {
            ModelKind.Video => Video(id, prompt, values, quote),
            ModelKind.Model3D => Model3D(id, prompt, model),
            ModelKind.Speech => Speech(id, prompt),
            ModelKind.Music => Music(id, prompt, model),
            ModelKind.Lyrics => TextResult.Lyrics(prompt),
            ModelKind.Transcript => TextResult.Transcript(values.Text("audio_url") ?? "", values.Text("language")),
            _ => Images(id, prompt, model, values),
        };
    }

    private static OutputPlan Images(string id, string prompt, CatalogModel model, RequestValues values)
    {
        bool layers = model.Id.EndsWith("layer-decomposition", StringComparison.OrdinalIgnoreCase);
        int count = layers ? 2 : ImageMeasure.Count(values);
        FrameSize size = FrameSize.OfImage(values);
        JsonObject extra = [];
        if (layers)
        {
            extra["layers"] = new JsonArray(
                new JsonObject { ["index"] = 0, ["name"] = "background" }, new JsonObject { ["index"] = 1, ["name"] = "subject" });
        }

        return new OutputPlan
        {
            Results = [.. Enumerable.Range(0, count).Select(i => Picture(i, id, prompt, size))],
            Extra = extra,
        };
    }

    private OutputPlan Video(string id, string prompt, RequestValues values, Quote quote)
    {
        decimal seconds = Math.Clamp(VideoMeasure.Seconds(values, _videoLength).Seconds, 1m, MaximumSeconds);
        FrameSize size = FrameSize.OfVideo(values);
        List<OutputItem> results = [new(0, "mp4", Mp4, () => Mp4Renderer.Render(size, seconds, id, prompt))];
        if (values.Flag("return_last_frame"))
        {
            results.Add(Picture(1, id, prompt, size));
        }

        JsonObject extra = quote.Tokens is { } tokens ? new() { ["completion_tokens"] = tokens, ["total_tokens"] = tokens } : [];
        return new OutputPlan { Results = results, Seconds = seconds, Extra = extra };
    }

    private static OutputPlan Model3D(string id, string prompt, CatalogModel model)
    {
        OutputItem Mesh(int index) => new(index, "glb", "model/gltf-binary", () => GlbRenderer.Render(id, prompt));
        OutputItem Package(int index) => new(index, "zip", "application/zip", () => PackageRenderer.Render(id, prompt));
        FrameSize preview = new(512, 512);
        if (model.Id.StartsWith("tripo", StringComparison.OrdinalIgnoreCase))
        {
            return new OutputPlan { Results = [Picture(0, id, prompt, preview)], Files = [Mesh(1), Package(2)] };
        }

        return model.Id.Contains("seed3d", StringComparison.OrdinalIgnoreCase)
            ? new OutputPlan { Results = [Package(0)], Thumbnail = Picture(1, id, prompt, preview) }
            : new OutputPlan { Results = [Mesh(0)] };
    }

    private static OutputPlan Speech(string id, string prompt)
    {
        decimal seconds = Math.Clamp(Math.Round(prompt.Length / 15m, 1), 0.5m, MaximumSeconds);
        return new OutputPlan { Results = [Sound(0, id, prompt, seconds)], Seconds = seconds };
    }

    private static OutputPlan Music(string id, string prompt, CatalogModel model)
    {
        // This family writes two songs at a time, with a cover.
        bool pair = model.Id.StartsWith("suno/", StringComparison.OrdinalIgnoreCase);
        return new OutputPlan
        {
            Results = [.. Enumerable.Range(0, pair ? 2 : 1).Select(i => Sound(i, id, prompt, SongSeconds))],
            Thumbnail = pair ? Picture(2, id, prompt, new FrameSize(512, 512)) : null,
            Seconds = SongSeconds,
        };
    }

    private static OutputItem Picture(int index, string id, string prompt, FrameSize size) =>
        new(index, "png", Png, () => PngRenderer.Render(size, $"{id}-{index}", prompt));

    private static OutputItem Sound(int index, string id, string prompt, decimal seconds) =>
        new(index, "wav", "audio/wav", () => WavRenderer.Render(seconds, $"{id}-{index}", prompt));
}
