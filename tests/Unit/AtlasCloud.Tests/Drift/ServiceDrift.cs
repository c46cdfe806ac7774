using System.Text.Json;
using AtlasCloud.Json;
using AtlasCloud.Models;
using AtlasCloud.Text;

namespace AtlasCloud.Tests.Drift;

/// <summary>Where a service differs from the emulator, one sentence per difference.</summary>
internal static class ServiceDrift
{
    // New words in these members mean new kinds of models, prices or protocols.
    private static readonly string[] s_words = ["type", "categories", "supported_protocols", "input_modalities", "output_modalities"];

    /// <summary>Reads both services and compares them.</summary>
    /// <param name="service">The service.</param>
    /// <param name="emulated">The emulator.</param>
    /// <param name="maxSchemas">The maximum number of schemas to compare, evenly spread over the models that both have.</param>
    internal static async Task<IReadOnlyList<string>> FindAsync(ServiceSurvey service, ServiceSurvey emulated, int maxSchemas)
    {
        await service.ReadAsync();
        await emulated.ReadAsync();
        List<string> found = [];
        foreach (SurveyCall call in SurveyCall.All)
        {
            found.AddRange(Compare(service.Replies[call.Name], emulated.Replies[call.Name], call.IsError).Select(d => $"{call.Name}: {d}"));
        }

        found.AddRange(s_words.SelectMany(w => Words(service, w).Except(Words(emulated, w)).Select(n => $"catalog: '{w}' has the new value '{n}'")));
        string[] common = [.. service.Models.Keys.Intersect(emulated.Models.Keys).Where(m => emulated.Models[m].Text("type") != "Text").Order(StringComparer.Ordinal)];
        int step = Math.Max(1, (int)Math.Ceiling(common.Length / (double)maxSchemas));
        foreach (string model in common.Where((_, i) => i % step == 0))
        {
            found.AddRange(Compare(await service.ReadSchemaAsync(model), await emulated.ReadSchemaAsync(model)).Select(d => $"schema of {model}: {d}"));
        }

        return found;
    }

    private static IEnumerable<string> Compare(SurveyReply service, SurveyReply emulated, bool isError)
    {
        if (service.Status is null)
        {
            return ["there is no response"];
        }

        List<string> found = [];
        if (service.Status != emulated.Status)
        {
            found.Add($"HTTP {service.Status}, in the emulator {emulated.Status}");
        }

        if (service.MediaType != emulated.MediaType)
        {
            found.Add($"the media type is {SafeText.Sanitize(service.MediaType ?? "missing", length: 60)}, in the emulator {emulated.MediaType}");
        }

        found.AddRange(service.Headers.Except(emulated.Headers).Select(h => $"the header {h} is not in the emulator"));
        found.AddRange(emulated.Headers.Except(service.Headers).Select(h => $"the header {h} is missing"));
        if (service.Shape is null != emulated.Shape is null)
        {
            found.Add(service.Shape is null ? "the body is not JSON" : "the body is JSON, but not in the emulator");
        }
        else if (service.Shape is not null)
        {
            found.AddRange(service.Shape.Compare(emulated.Shape!, isOptional: !isError));
        }

        return found;
    }

    private static HashSet<string> Words(ServiceSurvey survey, string member) =>
    [
        .. survey.Models.Values.Select(m => m.Member(member)).SelectMany(v => v is JsonElement { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray().Select(i => i.AsText()) : [v?.AsText()])
            .OfType<string>().Select(w => SafeText.Sanitize(w, length: 60)),
    ];

    private static IEnumerable<string> Compare(JsonElement? service, JsonElement? emulated)
    {
        ModelSchema? current = service is JsonElement document ? SchemaReader.Read(document, "service") : null;
        ModelSchema? known = emulated is JsonElement other ? SchemaReader.Read(other, "emulator") : null;
        if (current is null || known is null)
        {
            return current is null == known is null ? [] : [current is null ? "it is missing or cannot be read" : "the emulator has none"];
        }

        return current.Parameters.Select(p => p.Name).Union(known.Parameters.Select(p => p.Name))
            .SelectMany(n => Compare(SafeText.Sanitize(n, length: 60), current.Rules(n), known.Rules(n)));
    }

    // The texts are ours.
    private static IEnumerable<string> Compare(string name, JsonElement? service, JsonElement? emulated)
    {
        if (service is null || emulated is null)
        {
            return [service is null ? $"input '{name}' is missing" : $"input '{name}' is not in the emulator"];
        }

        Dictionary<string, string> current = Rules(service.Value);
        Dictionary<string, string> known = Rules(emulated.Value);
        return current.Keys.Union(known.Keys).Where(k => current.GetValueOrDefault(k) != known.GetValueOrDefault(k))
            .Select(k => $"'{k}' of input '{name}' is {current.GetValueOrDefault(k, "missing")}, in the emulator {known.GetValueOrDefault(k, "missing")}");
    }

    private static Dictionary<string, string> Rules(JsonElement rules) => rules.ValueKind != JsonValueKind.Object ? []
        : rules.EnumerateObject().Where(r => r.Name is not ("description" or "title" or "example"))
            .DistinctBy(r => r.Name).ToDictionary(r => SafeText.Sanitize(r.Name, length: 60), r => SafeText.Sanitize(r.Value.GetRawText(), length: 200), StringComparer.Ordinal);
}
