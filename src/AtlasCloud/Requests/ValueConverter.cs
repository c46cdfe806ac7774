using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AtlasCloud.Json;

namespace AtlasCloud.Requests;

/// <summary>Gives a value the JSON type that the schema asks for where that is safe: "5" for an integer, 5 for a choice of "5" and "10".</summary>
internal static class ValueConverter
{
    // What goes into a request has to be written again, with the request around it.
    private static readonly JsonDocumentOptions s_limits = new() { MaxDepth = 60 };

    /// <summary>The value as the schema wants it, or as it is where that would lose something.</summary>
    internal static JsonNode? Convert(object? value, ModelParameter? parameter)
    {
        JsonNode? node = JsonValues.ToJson(value);
        return node is null || parameter is null ? node : Convert(node, parameter);
    }

    /// <summary>The value in other types that it can have without loss, for an input that takes one of several.</summary>
    internal static IEnumerable<JsonNode> Alternatives(JsonNode node, ModelParameter parameter) =>
        from type in parameter.Types
        select Convert(node, parameter with { Type = type, IsTyped = true });

    private static JsonNode Convert(JsonNode node, ModelParameter parameter)
    {
        if (Choice(node, parameter) is JsonNode choice)
        {
            return choice;
        }

        return (parameter.IsTyped ? Typed(node, parameter) : node) switch
        {
            JsonArray list => Elements(list, parameter),
            JsonObject members => Members(members, parameter),
            JsonNode plain => plain,
        };
    }

    private static JsonNode Typed(JsonNode node, ModelParameter parameter)
    {
        string? text = TextOf(node);
        return parameter.Type switch
        {
            "integer" when Number(text) is decimal number && IsWhole(number) => JsonValue.Create((long)number),
            "number" when Number(text) is decimal number => IsWhole(number) ? JsonValue.Create((long)number) : JsonValue.Create(number),
            "boolean" when bool.TryParse(text, out bool boolean) => JsonValue.Create(boolean),
            "string" when node.GetValueKind() is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => JsonValue.Create(text!),
            "array" when node is not JsonArray => Parsed(text, JsonValueKind.Array) ?? new JsonArray((parameter.ItemType == "object" ? Parsed(text, JsonValueKind.Object) : null) ?? node.DeepClone()),
            "object" when node is not JsonObject => Parsed(text, JsonValueKind.Object) ?? node,
            _ => node,
        };
    }

    private static JsonArray Elements(JsonArray list, ModelParameter parameter)
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

    // As among the inputs themselves, null for a member that may be left out counts as not given.
    private static JsonObject Members(JsonObject members, ModelParameter parameter)
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
        members.FirstOrDefault(m => m.Name == name) ?? Only(members.Where(m => string.Equals(m.Name, name, StringComparison.OrdinalIgnoreCase)));

    // The catalog's spelling of a choice: 1080P in one family is 1080p in its sibling, and sizes come with * and with x.
    private static JsonNode? Choice(JsonNode node, ModelParameter parameter)
    {
        if (parameter.AllowedValues.Count == 0 || TextOf(node) is not string text)
        {
            return null;
        }

        object? fit = parameter.AllowedValues.FirstOrDefault(v => Spelling(v) == text)
            ?? OnlyValue(parameter, v => string.Equals(Spelling(v), text, StringComparison.OrdinalIgnoreCase))
            ?? OnlyValue(parameter, v => Separators(Spelling(v)) == Separators(text))
            ?? OnlyValue(parameter, v => Number(Spelling(v)) is decimal number && number == Number(text))
            ?? OnlyValue(parameter, v => string.Equals(parameter.Labels[Spelling(v)] as string, text, StringComparison.OrdinalIgnoreCase));
        return JsonValues.ToJson(fit);
    }

    private static object? OnlyValue(ModelParameter parameter, Func<object?, bool> fits) => Only(parameter.AllowedValues.Where(fits));

    private static T? Only<T>(IEnumerable<T> candidates)
        where T : class?
    {
        T[] found = [.. candidates.Take(2)];
        return found.Length == 1 ? found[0] : null;
    }

    private static string? TextOf(JsonNode node) => node is not JsonValue ? null : node.GetValueKind() switch
    {
        JsonValueKind.String => node.GetValue<string>(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => node.ToJsonString(),
    };

    private static string Spelling(object? value) =>
        value is bool boolean ? (boolean ? "true" : "false") : System.Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    private static string Separators(string text) => text.ToLowerInvariant().Replace('*', 'x').Replace('×', 'x').Replace(" ", "", StringComparison.Ordinal);

    private static bool IsWhole(decimal number) =>
        number == decimal.Truncate(number) && number is >= long.MinValue and <= long.MaxValue;

    private static decimal? Number(string? text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number) ? number : null;

    private static JsonNode? Parsed(string? text, JsonValueKind kind)
    {
        try
        {
            JsonNode? node = text is null ? null : JsonNode.Parse(text, documentOptions: s_limits);
            return node?.GetValueKind() == kind ? node : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
