using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Text;
using AtlasCloud.PowerShell.Binding;
using AtlasCloud.PowerShell.Pipeline;
using AtlasCloud.PowerShell.Transformations;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>The interactive prompt: reads messages and slash commands, and keeps the conversation.</summary>
internal sealed class ChatConsole(PSHostUserInterface screen, PathIntrinsics paths, string model, string? system, ChatReply? conversation)
{
    private const string Fence = "\"\"\"";

    private readonly List<MediaSource> _images = [];
    private ChatReply? _beforeLast = conversation;
    private ConsoleMessage? _last;
    private string _model = model;
    private string? _system = system;
    private long _inputTokens;
    private long _outputTokens;
    private decimal? _cost = 0;

    internal ChatReply? Reply { get; private set; } = conversation;

    internal void ShowWelcome() => Show(
        $"Chatting with {_model}. /help lists the commands, /exit ends the chat. End a line with ` to continue it on the next; {Fence} begins and ends multi-line text.");

    /// <summary>The next message; null when the chat is over.</summary>
    internal ConsoleMessage? ReadMessage()
    {
        while (ReadText() is string text)
        {
            if (text.Length == 0)
            {
                continue;
            }

            if (text[0] != '/')
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

    internal void ShowError(AtlasCloudException exception)
    {
        screen.WriteErrorLine(exception.Message);
        if (ErrorAdvice.For(exception) is string advice)
        {
            Show(advice);
        }
    }

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
                case "/help":
                    Show("/model ID  /system TEXT  /image PATH  /save PATH  /load PATH  /retry  /usage  /history  /exit");
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
        ? paths.GetUnresolvedProviderPathFromPSPath(argument)
        : throw CmdletErrors.ConsolePathRequired();

    private string? ReadText()
    {
        screen.Write($"{_model}> ");
        string? line = screen.ReadLine();
        if (line is null)
        {
            return null;
        }

        if (line.Trim() == Fence)
        {
            return ReadUntilFence();
        }

        StringBuilder text = new();
        while (line is not null && line.EndsWith('`'))
        {
            text.AppendLine(line[..^1]);
            screen.Write("... ");
            line = screen.ReadLine();
        }

        return text.Append(line).ToString().Trim();
    }

    private string ReadUntilFence()
    {
        List<string> lines = [];
        screen.Write("... ");
        while (screen.ReadLine() is string line && line.Trim() != Fence)
        {
            lines.Add(line);
            screen.Write("... ");
        }

        return string.Join('\n', lines).Trim();
    }

    private void Show(string text) => screen.WriteLine(text);
}
