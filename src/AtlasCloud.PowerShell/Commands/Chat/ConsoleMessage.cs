namespace AtlasCloud.PowerShell.Commands;

/// <summary>A message typed at the prompt, with everything that belongs to its request.</summary>
internal sealed record ConsoleMessage(string Model, string? System, ChatReply? Before, string Text, IReadOnlyList<MediaSource> Images)
{
    internal ChatRequest ToRequest(double? temperature, int? maximumTokens) => new()
    {
        Model = Model,
        Messages = ComposeMessages(System, Before, Text),
        Images = Images,
        Temperature = temperature,
        MaximumTokens = maximumTokens,
    };

    /// <summary>The conversation with the next message. A new system prompt replaces the previous one.</summary>
    internal static IReadOnlyList<ChatMessage> ComposeMessages(string? system, ChatReply? before, string text) =>
    [
        .. system is null ? Array.Empty<ChatMessage>() : [new ChatMessage { Role = "system", Text = system }],
        .. (before?.Conversation ?? []).Where(m => system is null || m.Role != "system"),
        new ChatMessage { Role = "user", Text = text },
    ];
}
