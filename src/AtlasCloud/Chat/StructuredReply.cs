using System.Text.Json;
using System.Text.Json.Nodes;
using AtlasCloud.Chat.Protocols;
using AtlasCloud.Json;
using AtlasCloud.JsonSchema;

namespace AtlasCloud.Chat;

/// <summary>A reply that has to match a JSON schema: the instructions for the model, and how the reply is read.</summary>
internal static class StructuredReply
{
    private const int MaxErrorsShown = 20;

    /// <summary>The same request with the schema as a system message, for protocols and models that do not accept one otherwise.</summary>
    internal static ChatRequest WithInstruction(ChatRequest request)
    {
        ChatMessage instruction = new()
        {
            Role = "system",
            Text = "Answer with one JSON value and nothing else: no words around it, no code fence. It has to match this JSON schema:\n" + JsonText.Write(request.JsonSchema),
        };
        int start = request.Messages.TakeWhile(ChatProtocol.IsSystem).Count();
        return request with { Messages = [.. request.Messages.Take(start), instruction, .. request.Messages.Skip(start)], JsonSchema = null };
    }

    /// <summary>The value in a reply, and everything that does not match.</summary>
    internal static (object? Value, IReadOnlyList<ValidationError> Errors) Read(string text, JsonObject schema)
    {
        if (FindJson(text) is not JsonElement value)
        {
            return (null, [new ValidationError("$", "is not JSON")]);
        }

        ValidationLimit limit = new();
        IReadOnlyList<ValidationError> errors = SchemaValidator.Validate(value, JsonText.ToElement(schema), limit);
        if (limit.DescribeUnchecked() is string skipped)
        {
            AtlasCloudLog.Warning($"Some rules of the JSON schema take too long, so the reply was not checked against them: {skipped}.");
        }

        return errors.Count == 0 ? (JsonValues.FromJson(value), errors) : (null, errors);
    }

    /// <summary>The message that requests a correction.</summary>
    internal static ChatMessage CreateCorrection(IReadOnlyList<ValidationError> errors) => new()
    {
        Role = "user",
        Text = $"Your reply does not match the JSON schema:\n{Join(errors, "\n")}\nAnswer again with the whole corrected JSON value and nothing else.",
    };

    internal static string Join(IReadOnlyList<ValidationError> errors, string separator) => string.Join(separator, errors.Take(MaxErrorsShown));

    /// <summary>The JSON in a text: all of it, the content of a code fence, or what is between the outer brackets.</summary>
    private static JsonElement? FindJson(string text)
    {
        string bare = text.Trim();
        if (bare.StartsWith("```", StringComparison.Ordinal) && bare.IndexOf('\n', StringComparison.Ordinal) is > 0 and int line)
        {
            int end = bare.LastIndexOf("```", StringComparison.Ordinal);
            bare = bare[(line + 1)..(end > line ? end : bare.Length)].Trim();
        }

        return JsonText.Parse(bare) ?? ParseBetween(bare, '{', '}') ?? ParseBetween(bare, '[', ']');
    }

    private static JsonElement? ParseBetween(string text, char open, char close)
    {
        int start = text.IndexOf(open, StringComparison.Ordinal);
        int end = text.LastIndexOf(close);
        return start >= 0 && end > start ? JsonText.Parse(text[start..(end + 1)]) : null;
    }
}
