using System.Text.Json;

namespace AtlasCloud.JsonSchema;

/// <summary>What is wrong with one place of a JSON value.</summary>
/// <param name="Path">Where, as in <c>$.tags[0]</c>.</param>
/// <param name="Message">What, as the rest of a sentence that begins with the place.</param>
/// <param name="Keyword">The word of the schema that forbids it; empty where no schema does.</param>
internal sealed record ValidationError(string Path, string Message, string Keyword = "")
{
    /// <summary>The schema that has the keyword.</summary>
    internal JsonElement Rules { get; init; }

    /// <summary>The value at that place; for a missing member the object around it.</summary>
    internal JsonElement Value { get; init; }

    /// <summary>The faults under each of several forms of which none fits.</summary>
    internal IReadOnlyList<IReadOnlyList<ValidationError>> Forms { get; init; } = [];

    /// <summary>The schemas with the <c>if</c> under which this is a fault, the outermost first, and whether it held.</summary>
    internal IReadOnlyList<(JsonElement Schema, bool Held)> Conditions { get; init; } = [];

    public override string ToString() => $"{Path} {Message}";
}
