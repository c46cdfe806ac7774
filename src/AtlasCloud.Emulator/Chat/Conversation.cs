namespace AtlasCloud.Emulation.Chat;

/// <summary>The content of a chat request, independent of the protocol.</summary>
/// <param name="LastText">The text of the last message.</param>
/// <param name="LastRole">The role of the last message: <c>user</c>, <c>assistant</c>, or <c>tool</c>.</param>
/// <param name="Images">The number of images.</param>
/// <param name="Videos">The number of videos.</param>
/// <param name="AudioClips">The number of audio clips.</param>
/// <param name="Characters">The total length of all texts.</param>
/// <param name="ToolResults">The results of the latest tool calls.</param>
/// <param name="ToolRounds">The number of tool rounds since the last user message.</param>
/// <param name="Error">Why the conversation is invalid; null if it is valid.</param>
internal sealed record Conversation(
    string LastText,
    string LastRole,
    int Images,
    int Videos,
    int AudioClips,
    long Characters,
    IReadOnlyList<string> ToolResults,
    int ToolRounds,
    string? Error)
{
    private const int CharactersPerToken = 4;
    private const int TokensPerMediaItem = 85;
    private const int TokensPerRequest = 8;

    /// <summary>The input tokens.</summary>
    internal long Tokens =>
        TokensPerRequest + ((Characters + CharactersPerToken - 1) / CharactersPerToken) + ((long)TokensPerMediaItem * (Images + Videos + AudioClips));
}
