using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AtlasCloud.Json;
using AtlasCloud.JsonSchema;

namespace AtlasCloud.Requests;

/// <summary>Converts a value to the JSON type that the schema declares if nothing is lost: "5" to an integer, 5 to a choice of "5" and "10".</summary>
internal static class ValueConverter
{
    // A value is written again inside a request, which adds levels.
    private static readonly JsonDocumentOptions s_limits = new() { MaxDepth = 60 };

    /// <summary>The converted value, or the value unchanged if a conversion would lose something.</summary>
    internal static JsonNode? Convert(object? value, ModelParameter? parameter)
    {
        JsonNode? node = JsonValues.ToJson(value);
        return node is null || parameter is null ? node : Convert(node, parameter);
    }

    /// <summary>The value converted to each type that the input accepts.</summary>
    internal static IEnumerable<JsonNode> ConvertToEachType(JsonNode node, ModelParameter parameter) =>
        from type in parameter.Types
        select Convert(node, parameter with { Type = type, IsTyped = true });

    private static JsonNode Convert(JsonNode node, ModelParameter parameter)
    {
        if (FindChoice(node, parameter) is JsonNode choice)
        {
            return choice;
        }

        if (parameter.AllowsMultiple && GetItems(node) is string[] items)
        {
            return JsonValue.Create(string.Join(',', items.Select(i => FindChoice(JsonValue.Create(i), parameter)?.GetValue<string>() ?? i)));
        }

        return (parameter.IsTyped ? ConvertToType(node, parameter) : node) switch
        {
            JsonArray list => ConvertItems(list, parameter),
            JsonObject members => ConvertMembers(members, parameter),
            JsonNode plain => plain,
        };
    }

    // The service rejects a list for several choices, so its elements are joined.
    private static string[]? GetItems(JsonNode node) => node switch
    {
        JsonArray list => [.. list.SelectMany(i => i is null ? [""] : GetText(i) is string text ? MultipleChoice.Split(text) : [i.ToJsonString()])],
        _ => GetText(node) is string text ? MultipleChoice.Split(text) : null,
    };

    private static JsonNode ConvertToType(JsonNode node, ModelParameter parameter)
    {
        string? text = GetText(node);
        return parameter.Type switch
        {
            "integer" when ParseNumber(text) is decimal number && IsWhole(number) => JsonValue.Create((long)number),
            "number" when ParseNumber(text) is decimal number => IsWhole(number) ? JsonValue.Create((long)number) : JsonValue.Create(number),
            "boolean" when bool.TryParse(text, out bool boolean) => JsonValue.Create(boolean),
            "string" when node.GetValueKind() is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => JsonValue.Create(text!),
            "array" when node is not JsonArray => ParseJson(text, JsonValueKind.Array, parameter) ?? new JsonArray((parameter.ItemType == "object" ? ParseJson(text, JsonValueKind.Object, parameter) : null) ?? node.DeepClone()),
            "object" when node is not JsonObject => ParseJson(text, JsonValueKind.Object, parameter) ?? node,
            _ => node,
        };
    }

    private static JsonArray ConvertItems(JsonArray list, ModelParameter parameter)
    {
        ModelParameter element = new()
        {
            Name = parameter.Name,
            Type = parameter.ItemType ?? "",
            IsTyped = parameter.ItemType is not null,
            AllowedValues = parameter.ItemAllowedValues,
            Members = parameter.Members,
        };
        return new JsonArray([.. list.Select(i => i is null ? null : Convert(i.DeepClone(), element))]);
    }

    // As for inputs, null for an optional member means that it is omitted.
    private static JsonObject ConvertMembers(JsonObject members, ModelParameter parameter)
    {
        JsonObject result = [];
        foreach ((string name, JsonNode? value) in members)
        {
            ModelParameter? member = Find(parameter.Members, name);
            if (value is not null || member is null or { IsRequired: true })
            {
                result[member?.Name ?? name] = value is null || member is null ? value?.DeepClone() : Convert(value.DeepClone(), member);
            }
        }

        return result;
    }

    private static ModelParameter? Find(IReadOnlyList<ModelParameter> members, string name) =>
        members.FirstOrDefault(m => m.Name == name) ?? SingleOrNull(members.Where(m => string.Equals(m.Name, name, StringComparison.OrdinalIgnoreCase)));

    // Spellings of a choice differ between models: 1080P and 1080p, 1024*768 and 1024x768.
    private static JsonNode? FindChoice(JsonNode node, ModelParameter parameter)
    {
        if (parameter.AllowedValues.Count == 0 || GetText(node) is not string text)
        {
            return null;
        }

        object? fit = parameter.AllowedValues.FirstOrDefault(v => FormatChoice(v) == text)
            ?? SingleValue(parameter, v => string.Equals(FormatChoice(v), text, StringComparison.OrdinalIgnoreCase))
            ?? SingleValue(parameter, v => NormalizeSeparators(FormatChoice(v)) == NormalizeSeparators(text))
            ?? SingleValue(parameter, v => ParseNumber(FormatChoice(v)) is decimal number && number == ParseNumber(text))
            ?? SingleValue(parameter, v => ParseSwitch(FormatChoice(v)) is bool isOn && node.GetValueKind() != JsonValueKind.Number && isOn == ParseSwitch(text))
            ?? SingleValue(parameter, v => string.Equals(parameter.Labels[FormatChoice(v)] as string, text, StringComparison.OrdinalIgnoreCase));
        return JsonValues.ToJson(fit);
    }

    private static object? SingleValue(ModelParameter parameter, Func<object?, bool> fits) => SingleOrNull(parameter.AllowedValues.Where(fits));

    private static T? SingleOrNull<T>(IEnumerable<T> candidates)
        where T : class?
    {
        T[] found = [.. candidates.Take(2)];
        return found.Length == 1 ? found[0] : null;
    }

    private static string? GetText(JsonNode node) => node is not JsonValue ? null : node.GetValueKind() switch
    {
        JsonValueKind.String => node.GetValue<string>(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => node.ToJsonString(),
    };

    private static string FormatChoice(object? value) =>
        value is bool boolean ? (boolean ? "true" : "false") : System.Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    private static string NormalizeSeparators(string text) => text.ToLowerInvariant().Replace('*', 'x').Replace('×', 'x').Replace(" ", "", StringComparison.Ordinal);

    // Some models have yes and no for a switch.
    private static bool? ParseSwitch(string text) => text.ToLowerInvariant() switch
    {
        "true" or "yes" or "on" => true,
        "false" or "no" or "off" => false,
        _ => null,
    };

    private static bool IsWhole(decimal number) =>
        number == decimal.Truncate(number) && number is >= long.MinValue and <= long.MaxValue;

    private static decimal? ParseNumber(string? text) => InputText.TryReadNumber(text, out decimal number) ? number : null;

    private static JsonNode? ParseJson(string? text, JsonValueKind kind, ModelParameter parameter)
    {
        try
        {
            JsonNode? node = text is null ? null : JsonNode.Parse(text, documentOptions: s_limits);
            return node?.GetValueKind() != kind ? null
                : InputJson.FindRepeatedMember(text!) is string member ? throw RequestErrors.MemberRepeated(parameter.Name, member)
                : node;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
