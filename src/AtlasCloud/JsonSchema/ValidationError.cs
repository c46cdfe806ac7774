using System.Text.Json;

namespace AtlasCloud.JsonSchema;

/// <summary>An error at one place of a JSON value.</summary>
/// <param name="Path">The place as a JSON path, for example <c>$.tags[0]</c>.</param>
/// <param name="Message">The error, as the rest of a sentence that starts with the place.</param>
/// <param name="Keyword">The schema keyword that is violated; empty if there is none.</param>
internal sealed record ValidationError(string Path, string Message, string Keyword = "")
{
    /// <summary>The schema that has the keyword.</summary>
    internal JsonElement Rules { get; init; }

    /// <summary>The value at that place; for a missing member, the object that lacks it.</summary>
    internal JsonElement Value { get; init; }

    /// <summary>For x-multiple: the choice that is wrong; empty if it has no text.</summary>
    internal string? Choice { get; init; }

    /// <summary>For anyOf and oneOf: the errors under each alternative, if none matches.</summary>
    internal IReadOnlyList<IReadOnlyList<ValidationError>> Alternatives { get; init; } = [];

    /// <summary>The schemas whose <c>if</c> leads to this error, the outermost first, and whether the condition holds.</summary>
    internal IReadOnlyList<(JsonElement Schema, bool Held)> Conditions { get; init; } = [];

    public override string ToString() => $"{Path} {Message}";
}
