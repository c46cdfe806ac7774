using System.Text.Json;
using System.Text.Json.Nodes;

namespace AtlasCloud.Emulation.Catalog;

/// <summary>Validates a request against the model's schema, to the extent the gateway does.</summary>
internal static class RequestValidator
{
    /// <summary>Members that every submit accepts, whatever the schema says.</summary>
    private static readonly string[] s_commonMembers = ["model", "webhook_url"];

    /// <summary>The error message for an invalid request; null if the request is valid.</summary>
    internal static string? Validate(JsonObject body, ModelSchema? schema, bool refuseUnknown)
    {
        if (schema is null)
        {
            return null;
        }

        foreach (string name in schema.Required)
        {
            if (body[name] is null && schema.DefaultValue(name) is null)
            {
                return $"validation failed: {name} is required";
            }
        }

        foreach ((string name, JsonNode? value) in body)
        {
            if (refuseUnknown && !IsKnown(schema, name))
            {
                return $"validation failed: unknown parameter {name}";
            }

            if (schema.IsMultiple(name) && value is not null)
            {
                if (ValidateChoices(name, value, schema.AllowedValues(name) ?? []) is { } error)
                {
                    return error;
                }
            }
            else if (value is JsonValue && schema.AllowedValues(name) is { } allowed && !allowed.Any(a => AreEqual(a, value)))
            {
                return $"validation failed: {name} must be one of {string.Join(", ", allowed.Select(a => a!.ToString()))}";
            }
        }

        return null;
    }

    /// <summary>The request without the parameters that the model does not declare; the gateway drops them.</summary>
    internal static JsonObject DropUnknown(JsonObject body, ModelSchema? schema)
    {
        JsonObject result = [];
        foreach ((string name, JsonNode? value) in body)
        {
            if (schema is null || IsKnown(schema, name))
            {
                result[name] = value?.DeepClone();
            }
        }

        return result;
    }

    private static string? ValidateChoices(string name, JsonNode value, JsonArray allowed)
    {
        if (value.GetValueKind() != JsonValueKind.String)
        {
            return $"validation failed: {name} must be a string";
        }

        string text = value.GetValue<string>();
        return allowed.Any(a => a?.ToString() == text) ? null
            : text.Split(',', StringSplitOptions.TrimEntries).FirstOrDefault(item => !allowed.Any(a => a?.ToString() == item)) is { } wrong
                ? $"validation failed: {name} has no choice '{wrong}'"
                : null;
    }

    private static bool IsKnown(ModelSchema schema, string name) =>
        s_commonMembers.Contains(name) || schema.Properties.ContainsKey(name) || schema.Required.Contains(name);

    private static bool AreEqual(JsonNode? allowed, JsonNode value) =>
        allowed?.GetValueKind() == JsonValueKind.String || value.GetValueKind() == JsonValueKind.String
            ? allowed?.ToString() == value.ToString()
            : JsonNode.DeepEquals(allowed, value);
}
