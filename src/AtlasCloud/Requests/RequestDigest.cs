using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using AtlasCloud.Json;

namespace AtlasCloud.Requests;

/// <summary>
/// A fingerprint of a request that survives how JSON is written: the order of members, white space, escapes and the form of numbers do
/// not count, so that what was sent can be found again in the service's history. Members that are null count as missing.
/// </summary>
internal static class RequestDigest
{
    // The service may keep it elsewhere than with the request; and it says nothing about what is made.
    private const string Webhook = "webhook_url";

    /// <summary>The digest of a body that is about to be sent.</summary>
    internal static string Of(JsonObject body) => Of(JsonSerializer.SerializeToElement(body, AtlasJson.Default.JsonObject));

    /// <summary>The digest of a body; <paramref name="model"/> stands in where the body names none, as in some items of the history.</summary>
    internal static string Of(JsonElement body, string? model = null)
    {
        using MemoryStream canonical = new();
        using (Utf8JsonWriter writer = new(canonical))
        {
            IEnumerable<(string Name, JsonElement? Value)> members = body.Members()
                .Where(m => m.Name != Webhook)
                .Select(m => (m.Name, (JsonElement?)m.Value));
            if (model is not null && body.Member("model") is null)
            {
                members = members.Where(m => m.Name != "model").Append(("model", null));
            }

            WriteObject(writer, members, model);
        }

        return Convert.ToHexString(SHA256.HashData(canonical.GetBuffer().AsSpan(0, (int)canonical.Length))).ToLowerInvariant();
    }

    /// <summary>The digest of a body as text; null where that is no JSON object.</summary>
    internal static string? OfText(string json, string? model = null)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object ? Of(document.RootElement, model) : null;
        }
        catch (JsonException)
        {
            return null;
        }
        catch (ArgumentException)
        {
            // Half of a surrogate pair cannot become UTF-8.
            return null;
        }
    }

    private static void WriteObject(Utf8JsonWriter writer, IEnumerable<(string Name, JsonElement? Value)> members, string? model)
    {
        // Of two members with one name the later counts, as almost every reader has it.
        SortedDictionary<string, JsonElement?> sorted = new(StringComparer.Ordinal);
        foreach ((string name, JsonElement? value) in members)
        {
            sorted[name] = value;
        }

        writer.WriteStartObject();
        foreach ((string name, JsonElement? value) in sorted.Where(m => m.Value?.ValueKind != JsonValueKind.Null))
        {
            writer.WritePropertyName(name);
            if (value is JsonElement given)
            {
                Write(writer, given);
            }
            else
            {
                writer.WriteStringValue(model);
            }
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(writer, value.Members().Select(m => (m.Name, (JsonElement?)m.Value)), null);
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (JsonElement item in value.EnumerateArray())
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.Number:
                // On its way through the service a number is most likely a double: what that cannot tell apart, nor do we.
                double number = value.GetDouble();
                writer.WriteRawValue(double.IsFinite(number) ? (number == 0 ? 0 : number).ToString("R", CultureInfo.InvariantCulture) : value.GetRawText());
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(value.AsExactText() ?? (value.GetRawText() == "\"\"" ? "" : value.GetRawText()));
                break;
            default:
                writer.WriteRawValue(value.GetRawText());
                break;
        }
    }
}
