using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using AtlasCloud.PowerShell.Binding;
using AtlasCloud.PowerShell.Pipeline;
using AtlasCloud.PowerShell.Transformations;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>The interactive prompt: reads messages and slash commands, and keeps the conversation.</summary>
internal sealed class ChatConsole(PSHostUserInterface screen, ChatTerminal terminal, PathIntrinsics paths, string model, string? system, ChatReply? conversation)
{
    private readonly MessageReader _reader = new(terminal.Reader);
    private readonly List<MediaSource> _images = [];
    private ChatReply? _beforeLast = conversation;
    private ConsoleMessage? _last;
    private string _model = model;
    private string? _system = system;
    private long _inputTokens;
    private long _outputTokens;
    private decimal? _cost = 0;

    internal ChatReply? Reply { get; private set; } = conversation;

    internal void ShowWelcome()
    {
        foreach (ChatMessage message in (Reply?.Conversation ?? []).Where(m => m.Role == "user"))
        {
            terminal.Remember(message.Text);
        }

        Show($"Chatting with {_model}. /help lists the commands, /exit ends the chat. End a line with ` to continue it on the next; {MessageReader.Fence} begins and ends multi-line text.");
    }

    /// <summary>The next message; null when the chat is over.</summary>
    internal ConsoleMessage? ReadMessage()
    {
        while (_reader.Read($"{_model}> ") is string text)
        {
            if (text.Length == 0)
            {
                continue;
            }

            terminal.Remember(text);

            if (!IsCommand(text))
            {
                return CreateMessage(text);
            }

            string[] words = text.Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (words[0] is "/exit" or "/quit")
            {
                return null;
            }

            if (words[0] == "/retry")
            {
                if (_last is not null)
                {
                    Reply = _beforeLast;
                    return Remember(_last with { Model = _model, System = _system, Before = _beforeLast });
                }

                Show("There is no message to send again.");
                continue;
            }

            Execute(words[0], words.Length > 1 ? words[1] : "");
        }

        return null;
    }

    internal void Add(ChatReply reply)
    {
        Reply = reply;
        _inputTokens += reply.Usage?.InputTokens ?? 0;
        _outputTokens += reply.Usage?.OutputTokens ?? 0;

        // One unknown cost makes the total unknown.
        _cost = reply.EstimatedCost is decimal cost ? _cost + cost : null;
        if (reply.GetInterruption() is AtlasCloudException interruption)
        {
            ShowError(interruption);
        }
    }

    /// <summary>Keeps the question with what had arrived when the user stopped the answer.</summary>
    internal void AddInterrupted(ChatRequest request, string text)
    {
        // What was sent is charged, and the service reports no tokens.
        _cost = null;
        if (text.Length > 0)
        {
            Reply = new ChatReply
            {
                Model = request.Model,
                Text = text,
                IsInterrupted = true,
                Conversation = [.. request.Messages, new ChatMessage { Role = "assistant", Text = text }],
            };
        }

        string kept = text.Length == 0 ? "The message is not part of the conversation."
            : request.Images.Count > 0 ? "Its text so far is part of the conversation; the images of the message are not."
            : "Its text so far is part of the conversation.";
        Show($"The answer was stopped. It may be charged. {kept}");
    }

    internal void ShowError(AtlasCloudException exception)
    {
        screen.WriteErrorLine(exception.Message);
        if (ErrorAdvice.For(exception) is string advice)
        {
            Show(advice);
        }
    }

    // A paste or a path that begins with a slash is a message.
    private static bool IsCommand(string text) =>
        text[0] == '/' && !text.Contains('\n', StringComparison.Ordinal) && !text.Split(' ')[0][1..].Contains('/', StringComparison.Ordinal);

    private ConsoleMessage CreateMessage(string text)
    {
        ConsoleMessage message = new(_model, _system, Reply, text, [.. _images]);
        _images.Clear();
        return Remember(message);
    }

    private ConsoleMessage Remember(ConsoleMessage message)
    {
        (_last, _beforeLast) = (message, message.Before);
        return message;
    }

    private void Execute(string command, string argument)
    {
        try
        {
            switch (command)
            {
                case "/model":
                    _model = argument.Length > 0 ? argument : _model;
                    Show($"The model is {_model}.");
                    break;
                case "/system":
                    _system = argument.Length > 0 ? argument : null;
                    Show(_system is null ? "The system prompt is removed." : "The system prompt is set. It applies from the next message on.");
                    break;
                case "/image":
                    AddImages(argument);
                    break;
                case "/save":
                    Save(argument);
                    break;
                case "/load":
                    Load(argument);
                    break;
                case "/usage":
                    string cost = _cost is decimal known ? string.Create(CultureInfo.InvariantCulture, $"about {known:0.######} USD") : "cost unknown";
                    Show($"{_inputTokens} input tokens, {_outputTokens} output tokens, {cost}; {Reply?.Conversation.Count ?? 0} messages.");
                    break;
                case "/history":
                    foreach (ChatMessage message in Reply?.Conversation ?? [])
                    {
                        Show(message.ToString());
                    }

                    break;
                case "/clear":
                    Clear();
                    break;
                case "/help":
                    ShowHelp();
                    break;
                default:
                    Show($"{command} is not a command. /help lists the commands.");
                    break;
            }
        }
        catch (AtlasCloudException exception)
        {
            ShowError(exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or RuntimeException and not PipelineStoppedException)
        {
            screen.WriteErrorLine(exception.Message);
        }
    }

    private void Clear()
    {
        (Reply, _beforeLast, _last) = (null, null, null);
        _images.Clear();
        Show("The conversation is cleared.");
    }

    private void ShowHelp()
    {
        foreach (ConsoleCommand command in ConsoleCommand.All)
        {
            Show(command.ToString());
        }

        Show("Pasted lines are one message, Alt+Enter adds a line, Up shows earlier messages, and Ctrl+C ends an answer.");
    }

    private void AddImages(string argument)
    {
        MediaSource[] sources = [.. MediaSourceTransformationAttribute.Convert(paths, argument)];
        foreach (MediaSource source in sources)
        {
            source.EnsureReadable();
        }

        _images.AddRange(sources);
        Show($"{_images.Count} for the next message.");
    }

    private void Save(string argument)
    {
        string path = PathOf(argument);
        File.WriteAllText(path, new ChatConversation(_model, Reply?.Conversation ?? []).ToJson());
        Show($"Saved to {path}.");
    }

    private void Load(string argument)
    {
        string path = PathOf(argument);
        ChatConversation loaded = ChatConversation.Parse(TextFile.Read(path));
        Reply = new ChatReply { Model = loaded.Model, Conversation = loaded.Messages };
        _model = loaded.Model ?? _model;
        Show($"{Reply.Conversation.Count} messages; the model is {_model}.");
    }

    private string PathOf(string argument) => argument.Length > 0
        ? FilePattern.ResolveLiteral(paths, null, argument)
        : throw CmdletErrors.ConsolePathRequired();

    private void Show(string text) => screen.WriteLine(text);
}
