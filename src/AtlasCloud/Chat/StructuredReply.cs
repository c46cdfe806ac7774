using System.Text.Json;
using System.Text.Json.Nodes;
using AtlasCloud.Chat.Protocols;
using AtlasCloud.Json;
using AtlasCloud.JsonSchema;
using AtlasCloud.Text;

namespace AtlasCloud.Chat;

/// <summary>A reply that has to be JSON of a certain form: how it is asked for in words, and how it is read.</summary>
internal static class StructuredReply
{
    private const int MostFaultsShown = 20;

    /// <summary>The same question with the schema in words, for services and models that have no other way to be told.</summary>
    internal static ChatRequest AskInWords(ChatRequest request)
    {
        ChatMessage instruction = new()
        {
            Role = "system",
            Text = "Answer with one JSON value and nothing else: no words around it, no code fence. It has to fit this JSON schema:\n" + JsonText.Write(request.JsonSchema),
        };
        int start = request.Messages.TakeWhile(ChatProtocol.IsSystem).Count();
        return request with { Messages = [.. request.Messages.Take(start), instruction, .. request.Messages.Skip(start)], JsonSchema = null };
    }

    /// <summary>The value in a reply, and all that is wrong with it.</summary>
    internal static (object? Value, IReadOnlyList<ValidationError> Faults) Read(string text, JsonObject schema)
    {
        if (Find(text) is not JsonElement value)
        {
            return (null, [new ValidationError("$", "is not JSON")]);
        }

        IReadOnlyList<ValidationError> faults = SchemaValidator.Validate(value, JsonText.ToElement(schema));
        return faults.Count == 0 ? (JsonValues.FromJson(value), faults) : (null, faults);
    }

    /// <summary>Asks once more.</summary>
    internal static ChatMessage Correction(IReadOnlyList<ValidationError> faults) => new()
    {
        Role = "user",
        Text = $"Your reply does not fit the JSON schema:\n{Join(faults, "\n")}\nAnswer again with the whole corrected JSON value and nothing else.",
    };

    /// <summary>The error for a reply that does not fit the second time either. Its target is the text.</summary>
    internal static AtlasCloudException Failure(ChatReply reply, IReadOnlyList<ValidationError> faults) =>
        new(AtlasCloudErrorKind.UnexpectedReply, $"{SafeText.Sanitize(reply.Model, length: 200)} was asked twice and its reply does not fit the schema: {SafeText.Sanitize(Join(faults, "; "))}.")
        {
            RequestId = reply.RequestId,
            RecommendedAction = reply.FinishReason == FinishReasons.Length
                ? "The reply was cut at its length: allow more with -MaxTokens. The target of this error is its text."
                : "Loosen the schema, or choose another model. The target of this error is the text of the reply.",
            Target = reply.Text,
        };

    /// <summary>The JSON in a text: all of it, what is in a code fence, or what is between the outer brackets.</summary>
    private static JsonElement? Find(string text)
    {
        string bare = text.Trim();
        if (bare.StartsWith("```", StringComparison.Ordinal) && bare.IndexOf('\n', StringComparison.Ordinal) is > 0 and int line)
        {
            int end = bare.LastIndexOf("```", StringComparison.Ordinal);
            bare = bare[(line + 1)..(end > line ? end : bare.Length)].Trim();
        }

        return JsonText.Parse(bare) ?? Between(bare, '{', '}') ?? Between(bare, '[', ']');
    }

    private static JsonElement? Between(string text, char open, char close)
    {
        int start = text.IndexOf(open, StringComparison.Ordinal);
        int end = text.LastIndexOf(close);
        return start >= 0 && end > start ? JsonText.Parse(text[start..(end + 1)]) : null;
    }

    private static string Join(IReadOnlyList<ValidationError> faults, string separator) => string.Join(separator, faults.Take(MostFaultsShown));
}
