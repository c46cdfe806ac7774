using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using AtlasCloud.Json;

namespace AtlasCloud.Requests;

/// <summary>
/// The SHA-256 digest of a request's content, used to find the request in the service's history. The order of members, white space, escapes and the
/// notation of numbers do not matter. Members that are null count as missing. The text is exact: control characters and the case of names matter.
/// </summary>
internal static class RequestDigest
{
    // The service may store it elsewhere than with the request, and it does not affect the result.
    private const string Webhook = "webhook_url";

    /// <summary>The digest of a body that is about to be sent.</summary>
    internal static string Compute(JsonObject body) => Compute(JsonText.ToElement(body));

    /// <summary>The digest of a body. <paramref name="model"/> is used if the body names none, as in some items of the history.</summary>
    internal static string Compute(JsonElement body, string? model = null)
    {
        using MemoryStream canonical = new();
        using (Utf8JsonWriter writer = new(canonical))
        {
            IEnumerable<(string Name, JsonElement? Value)> members = body.ExactMembers()
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

    private static void WriteObject(Utf8JsonWriter writer, IEnumerable<(string Name, JsonElement? Value)> members, string? model)
    {
        // Of two members with the same name the last one counts, as for most JSON readers.
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
                WriteObject(writer, value.ExactMembers().Select(m => (m.Name, (JsonElement?)m.Value)), null);
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
                // The service most likely stores numbers as doubles, so numbers that are equal as doubles have the same digest.
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
