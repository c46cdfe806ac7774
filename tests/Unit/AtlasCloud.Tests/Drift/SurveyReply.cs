using System.Text.Json;

namespace AtlasCloud.Tests.Drift;

/// <summary>What is compared of one response: no value of the account is in it.</summary>
/// <param name="Status">The HTTP status; null if there was no response.</param>
/// <param name="MediaType">The media type; null if there is none.</param>
/// <param name="Headers">The names of the headers that mean something to a client, in lower case.</param>
/// <param name="Document">The body as JSON; null if it is not.</param>
internal sealed record SurveyReply(int? Status, string? MediaType, IReadOnlySet<string> Headers, JsonElement? Document)
{
    /// <summary>A request without a response.</summary>
    internal static SurveyReply None { get; } = new(null, null, new HashSet<string>(), null);

    /// <summary>The shape of the body; null if it is not JSON.</summary>
    internal JsonShape? Shape { get; } = Document is JsonElement document ? JsonShape.Of(document) : null;
}
