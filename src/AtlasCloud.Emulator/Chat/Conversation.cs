namespace AtlasCloud.Emulation.Chat;

/// <summary>What a chat request says, in the terms of no protocol.</summary>
/// <param name="LastText">The text of the last message.</param>
/// <param name="LastRole">Who said it: <c>user</c>, <c>assistant</c>, or <c>tool</c>.</param>
/// <param name="System">The system prompt; null where there is none.</param>
/// <param name="Images">How many images came along.</param>
/// <param name="Videos">How many videos.</param>
/// <param name="AudioClips">How many sounds.</param>
/// <param name="Characters">The length of all texts.</param>
/// <param name="ToolResults">What the tools said that were called last.</param>
/// <param name="ToolRounds">How often tools were called since the user said something.</param>
/// <param name="Error">What is wrong with it; null where nothing is.</param>
internal sealed record Conversation(
    string LastText,
    string LastRole,
    string? System,
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

    /// <summary>The tokens that are counted for it.</summary>
    internal long Tokens =>
        TokensPerRequest + ((Characters + CharactersPerToken - 1) / CharactersPerToken) + ((long)TokensPerMediaItem * (Images + Videos + AudioClips));
}
