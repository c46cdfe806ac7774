namespace AtlasCloud.PowerShell.Commands;

/// <summary>A command of the interactive chat.</summary>
/// <param name="Name">The name with its slash.</param>
/// <param name="Argument">The argument as /help shows it; null if there is none.</param>
/// <param name="Description">What it does.</param>
internal sealed record ConsoleCommand(string Name, string? Argument, string Description)
{
    internal static IReadOnlyList<ConsoleCommand> All { get; } =
    [
        new("/model", "ID", "Changes the model from the next message on. Tab completes the ID."),
        new("/system", "TEXT", "Sets the system prompt. Without a text, removes it."),
        new("/image", "PATH", "Sends images with the next message."),
        new("/clear", null, "Starts a new conversation with the same model and system prompt."),
        new("/retry", null, "Sends the last message again. It is charged again."),
        new("/history", null, "Shows the conversation."),
        new("/usage", null, "Shows the tokens and the estimated cost of this chat."),
        new("/save", "PATH", "Saves the conversation to a file."),
        new("/load", "PATH", "Loads a conversation from a file."),
        new("/help", null, "Shows the commands."),
        new("/exit", null, "Ends the chat. /quit does the same."),
    ];

    /// <summary>Whether the argument is a path.</summary>
    internal bool TakesPath => Argument == "PATH";

    /// <summary>The line of /help.</summary>
    public override string ToString() => $"{Name + " " + Argument,-13} {Description}";
}
