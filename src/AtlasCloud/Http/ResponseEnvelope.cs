using System.Globalization;
using System.Text.Json;
using AtlasCloud.Json;

namespace AtlasCloud.Http;

/// <summary>Reads the <c>{code, message, data}</c> envelope of responses, which can be missing or incomplete.</summary>
internal static class ResponseEnvelope
{
    /// <summary>The object with the answer: <c>data</c>, unless the object above it has a status of its own.</summary>
    internal static JsonElement Unwrap(JsonElement root)
    {
        JsonElement current = root;

        // data.data occurs; deeper nesting does not.
        for (int layer = 0; layer < 2; layer++)
        {
            if (current.Text("status", "state") is null
                && current.Member("data") is JsonElement { ValueKind: JsonValueKind.Object } data)
            {
                current = data;
            }
        }

        return current;
    }

    /// <summary>Whether the body has the status of a task. A failed task can answer HTTP 500, and a retry would not change that.</summary>
    internal static bool CarriesState(ApiResponse reply) => reply.Json?.Member("data")?.Text("status", "state") is not null;

    /// <summary>The failure code in the body; null if there is none or it means success.</summary>
    internal static int? FailureCode(JsonElement root)
    {
        string? code = root.Text("code");
        return int.TryParse(code, NumberStyles.Integer, CultureInfo.InvariantCulture, out int number) && number is not (0 or 200)
            ? number
            : null;
    }
}
