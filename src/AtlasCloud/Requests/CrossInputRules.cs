using System.Text.Json;
using System.Text.Json.Nodes;
using AtlasCloud.Json;

namespace AtlasCloud.Requests;

/// <summary>Rules between inputs that schemas state only in descriptions. A rule applies if the description of its input contains its words.</summary>
internal static class CrossInputRules
{
    private static readonly (string Input, string[] Words, Func<ModelSchema, JsonObject, bool> IsBroken, string Message)[] s_rules =
    [
        (
            "shot_type",
            ["multi", "prompt expansion"],
            (schema, body) => Is(body, "shot_type", "multi") && schema.Find("enable_prompt_expansion") is ModelParameter expansion && IsOff(body, expansion),
            "'enable_prompt_expansion' must be true when 'shot_type' is multi."),
        (
            "reference_audios",
            ["needs", "image", "video"],
            (_, body) => Has(body, "reference_audios") && !Has(body, "reference_images") && !Has(body, "reference_videos"),
            "'reference_audios' requires 'reference_images' or 'reference_videos'."),
        (
            "omni_reference_task_type",
            ["edit", "exactly one reference video", "adaptive"],
            (_, body) => IsTask(body, "edit", "extend") && (body["reference_videos"] as JsonArray)?.Count is not 1,
            "'reference_videos' must have exactly one video when 'omni_reference_task_type' is edit or extend."),
        (
            "omni_reference_task_type",
            ["edit", "exactly one reference video", "adaptive"],
            (schema, body) => IsTask(body, "edit", "extend") && ValueOf(schema, body, "ratio") is string ratio && ratio != "adaptive",
            "'ratio' must be adaptive when 'omni_reference_task_type' is edit or extend."),
        (
            "omni_reference_task_type",
            ["edit", "duration -1"],
            (schema, body) => IsTask(body, "edit") && ValueOf(schema, body, "duration") is string duration && duration != "-1",
            "'duration' must be -1 when 'omni_reference_task_type' is edit."),
    ];

    /// <summary>One message per rule that the request breaks.</summary>
    internal static IEnumerable<string> Validate(ModelSchema schema, JsonObject body) =>
        from rule in s_rules
        let description = schema.Find(rule.Input)?.Description ?? ""
        where rule.Words.All(w => description.Contains(w, StringComparison.OrdinalIgnoreCase)) && rule.IsBroken(schema, body)
        select rule.Message;

    private static bool Is(JsonObject body, string name, string value) =>
        body[name] is JsonValue given && given.GetValueKind() == JsonValueKind.String && given.GetValue<string>() == value;

    private static bool IsTask(JsonObject body, params string[] tasks) => tasks.Any(t => Is(body, "omni_reference_task_type", t));

    private static string? ValueOf(ModelSchema schema, JsonObject body, string name) => (body[name] ?? JsonValues.ToJson(schema.Find(name)?.Default))?.ToString();

    private static bool Has(JsonObject body, string name) => body[name] is JsonArray { Count: > 0 };

    // An omitted input has its default.
    private static bool IsOff(JsonObject body, ModelParameter parameter) =>
        (body[parameter.Name] ?? JsonValues.ToJson(parameter.Default))?.GetValueKind() == JsonValueKind.False;
}
