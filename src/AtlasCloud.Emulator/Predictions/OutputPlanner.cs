using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Catalog;
using AtlasCloud.Emulation.Pricing;
using AtlasCloud.Emulation.Rendering;

namespace AtlasCloud.Emulation.Predictions;

/// <summary>Plans the outputs of a request.</summary>
internal sealed class OutputPlanner
{
    private const string Png = "image/png";
    private const string Mp4 = "video/mp4";
    private const decimal MaximumSeconds = 60m;
    private const decimal SongSeconds = 8m;

    private readonly Func<string, decimal?> _getVideoDuration;

    internal OutputPlanner(Func<string, decimal?> getVideoDuration) => _getVideoDuration = getVideoDuration;

    internal OutputPlan Plan(string id, CatalogModel model, JsonObject body, Quote quote)
    {
        RequestValues values = new(body, ModelSchema.For(model));
        string prompt = values.FirstText("prompt", "text", "user_prompt") ?? "";
        return model.Kind switch
        {
            ModelKind.Video => PlanVideo(id, prompt, values, quote),
            ModelKind.Model3D => PlanModel3D(id, prompt, model),
            ModelKind.Speech => PlanSpeech(id, prompt),
            ModelKind.Music => PlanMusic(id, prompt, model),
            ModelKind.Lyrics => TextOutput.Lyrics(prompt),
            ModelKind.Transcript => TextOutput.Transcript(values.Text("audio_url") ?? "", values.Text("language")),
            _ => PlanImages(id, prompt, model, values),
        };
    }

    private static OutputPlan PlanImages(string id, string prompt, CatalogModel model, RequestValues values)
    {
        bool hasLayers = model.Id.EndsWith("layer-decomposition", StringComparison.OrdinalIgnoreCase);
        int count = hasLayers ? 2 : ImagePricing.CountImages(values);
        FrameSize size = FrameSize.ForImage(values);
        JsonObject extra = [];
        if (hasLayers)
        {
            extra["layers"] = new JsonArray(
                new JsonObject { ["index"] = 0, ["name"] = "background" }, new JsonObject { ["index"] = 1, ["name"] = "subject" });
        }

        return new OutputPlan
        {
            Results = [.. Enumerable.Range(0, count).Select(i => ImageFile(i, id, prompt, size))],
            Extra = extra,
        };
    }

    private OutputPlan PlanVideo(string id, string prompt, RequestValues values, Quote quote)
    {
        decimal seconds = Math.Clamp(VideoPricing.GetDuration(values, _getVideoDuration).Seconds, 1m, MaximumSeconds);
        FrameSize size = FrameSize.ForVideo(values);
        List<OutputFile> results = [new(0, "mp4", Mp4, () => Mp4Renderer.Render(size, seconds, id, prompt))];
        if (values.Flag("return_last_frame"))
        {
            results.Add(ImageFile(1, id, prompt, size));
        }

        JsonObject extra = quote.Tokens is { } tokens ? new() { ["completion_tokens"] = tokens, ["total_tokens"] = tokens } : [];
        return new OutputPlan { Results = results, Seconds = seconds, Extra = extra };
    }

    private static OutputPlan PlanModel3D(string id, string prompt, CatalogModel model)
    {
        OutputFile Mesh(int index) => new(index, "glb", "model/gltf-binary", () => GlbRenderer.Render(id, prompt));
        OutputFile Package(int index) => new(index, "zip", "application/zip", () => ZipRenderer.Render(id, prompt));
        FrameSize preview = new(512, 512);
        if (model.Id.StartsWith("tripo", StringComparison.OrdinalIgnoreCase))
        {
            return new OutputPlan { Results = [ImageFile(0, id, prompt, preview)], Files = [Mesh(1), Package(2)] };
        }

        return model.Id.Contains("seed3d", StringComparison.OrdinalIgnoreCase)
            ? new OutputPlan { Results = [Package(0)], Thumbnail = ImageFile(1, id, prompt, preview) }
            : new OutputPlan { Results = [Mesh(0)] };
    }

    private static OutputPlan PlanSpeech(string id, string prompt)
    {
        decimal seconds = Math.Clamp(Math.Round(prompt.Length / 15m, 1), 0.5m, MaximumSeconds);
        return new OutputPlan { Results = [AudioFile(0, id, prompt, seconds)], Seconds = seconds };
    }

    private static OutputPlan PlanMusic(string id, string prompt, CatalogModel model)
    {
        // This family generates two songs per request, with a cover image.
        bool isPair = model.Id.StartsWith("suno/", StringComparison.OrdinalIgnoreCase);
        return new OutputPlan
        {
            Results = [.. Enumerable.Range(0, isPair ? 2 : 1).Select(i => AudioFile(i, id, prompt, SongSeconds))],
            Thumbnail = isPair ? ImageFile(2, id, prompt, new FrameSize(512, 512)) : null,
            Seconds = SongSeconds,
        };
    }

    private static OutputFile ImageFile(int index, string id, string prompt, FrameSize size) =>
        new(index, "png", Png, () => PngRenderer.Render(size, $"{id}-{index}", prompt));

    private static OutputFile AudioFile(int index, string id, string prompt, decimal seconds) =>
        new(index, "wav", "audio/wav", () => WavRenderer.Render(seconds, $"{id}-{index}", prompt));
}
