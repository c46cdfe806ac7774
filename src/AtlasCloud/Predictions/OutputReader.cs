using System.Text.Json;
using AtlasCloud.Json;

namespace AtlasCloud.Predictions;

/// <summary>Reads the results from a response, which can contain them in several shapes. API reference, section 5.2.</summary>
internal static class OutputReader
{
    // Members of a prediction whose addresses are not results.
    private static readonly HashSet<string> s_otherNames = new(StringComparer.OrdinalIgnoreCase) { "stt_result", "lyrics_result" };

    // Members that hold results in other replies than those of the API reference.
    private static readonly string[] s_resultNames =
        ["result", "results", "images", "image", "videos", "video", "audios", "audio", "file", "file_url", "artifacts", "media"];

    /// <summary>Returns all outputs: results first, then files, then the thumbnail.</summary>
    /// <param name="data">The prediction.</param>
    /// <param name="predictionId">Its ID; null if unknown.</param>
    /// <param name="kind">What it makes.</param>
    /// <param name="allowsText">Whether a text can be a result.</param>
    /// <param name="isOther">Whether a member never contains results; null to read the members for results only.</param>
    internal static OutputReading Read(JsonElement data, string? predictionId, ModelKind kind, bool allowsText, Func<string, bool>? isOther)
    {
        bool?[] flags = [.. data.Member("has_nsfw_contents").Items().Select(f => f.AsBoolean())];
        OutputWalk results = new(allowsText);
        List<string> unread = [];
        if (FindResults(data) is (string name, JsonElement found) && !results.Read(found))
        {
            unread.Add(name);
        }

        List<Output> outputs = [.. results.Found.Select((f, i) => SetRole(f.ToOutput(), f, i, kind) with { IsFlagged = i < flags.Length ? flags[i] : null })];
        HashSet<string> known = new(outputs.Select(o => o.Value), StringComparer.Ordinal);
        OutputWalk files = new(allowsText: false);
        if (data.Member("files") is JsonElement list && !files.Read(list))
        {
            unread.Add("files");
        }

        outputs.AddRange(files.Found.Where(f => known.Add(f.Value)).Select(f => f.ToOutput() with { Role = OutputRole.File }));
        if (outputs.Count == 0 && unread.Count == 0 && isOther is not null)
        {
            // Addresses in members of unknown names are better than no result. Those of inputs are not looked at.
            OutputWalk others = new(allowsText: false);
            others.ReadMembers(data, n => isOther(n) || s_otherNames.Contains(n));
            outputs.AddRange(others.Found.Where(f => known.Add(f.Value)).Select((f, i) => SetRole(f.ToOutput(), f, i, kind)));
            unread.AddRange(outputs.Count > 0 ? [] : s_resultNames.Where(n => data.Member(n) is JsonElement value && !OutputWalk.IsEmpty(value)));
        }

        if (data.Text("thumbnail") is string thumbnail && known.Add(thumbnail))
        {
            outputs.Add(new FoundOutput(thumbnail, null, null, null).ToOutput() with { Role = OutputRole.Thumbnail });
        }

        return new OutputReading([.. outputs.Select((o, i) => o with { Index = i + 1, PredictionId = predictionId, Source = kind })], unread);
    }

    private static Output SetRole(Output output, FoundOutput found, int index, ModelKind kind)
    {
        bool isLastFrame = index > 0 && output.Kind == MediaKind.Image && kind == ModelKind.Video;
        bool isPreview = found.IsPreview || (kind == ModelKind.ThreeD && output.Kind == MediaKind.Image);
        return output with { Role = isLastFrame ? OutputRole.LastFrame : isPreview ? OutputRole.Thumbnail : OutputRole.Result };
    }

    private static (string Name, JsonElement Value)? FindResults(JsonElement data)
    {
        foreach (string name in (string[])["outputs", "output"])
        {
            if (data.Member(name) is JsonElement value && !OutputWalk.IsEmpty(value))
            {
                return (name, value);
            }
        }

        // The shape of a synchronous OpenAI response: {created, data: [{url | b64_json}]}.
        return data.Member("data") is JsonElement { ValueKind: JsonValueKind.Array } list && !OutputWalk.IsEmpty(list) ? ("data", list) : null;
    }
}
