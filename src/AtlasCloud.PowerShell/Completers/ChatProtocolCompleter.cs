namespace AtlasCloud.PowerShell.Completers;

/// <summary>Completes the protocols of language models.</summary>
public sealed class ChatProtocolCompleter : WordCompleter
{
    /// <summary>Initializes the completer with its words.</summary>
    public ChatProtocolCompleter()
        : base("openai.chat.completions", "openai.responses", "claude.messages", "gemini.generate")
    {
    }
}
