using System.Globalization;
using System.Text.Json;
using AtlasCloud.Json;

namespace AtlasCloud.Http;

/// <summary>Takes the <c>{code, message, data}</c> off a reply, which comes with, without, and with only parts of it.</summary>
internal static class ResponseEnvelope
{
    /// <summary>The object that carries the answer: <c>data</c> where there is one and nothing on top says otherwise.</summary>
    internal static JsonElement Unwrap(JsonElement root)
    {
        JsonElement current = root;

        // data.data has been seen; a third layer would be somebody's joke.
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

    /// <summary>Whether the body says how a task stands: a failed one can do that under HTTP 500, and asking again would not change it.</summary>
    internal static bool CarriesState(ApiResponse reply) => reply.Json?.Member("data")?.Text("status", "state") is not null;

    /// <summary>The verdict inside the body; null where it has none or says that all is well.</summary>
    internal static int? FailureCode(JsonElement root)
    {
        string? code = root.Text("code");
        return int.TryParse(code, NumberStyles.Integer, CultureInfo.InvariantCulture, out int number) && number is not (0 or 200)
            ? number
            : null;
    }
}
