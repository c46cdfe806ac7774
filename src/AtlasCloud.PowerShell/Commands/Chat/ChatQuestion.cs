namespace AtlasCloud.PowerShell.Commands;

/// <summary>A question at the prompt, with all that belongs to it.</summary>
internal sealed record ChatQuestion(string Model, string? System, ChatReply? Before, string Text, IReadOnlyList<MediaSource> Images)
{
    internal ChatRequest ToRequest(double? temperature, int? maximumTokens) => new()
    {
        Model = Model,
        Messages = ChatInput.Messages(System, Before, Text),
        Images = Images,
        Temperature = temperature,
        MaximumTokens = maximumTokens,
    };
}
