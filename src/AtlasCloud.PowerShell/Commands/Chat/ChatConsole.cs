using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Text;
using AtlasCloud.Chat;
using AtlasCloud.PowerShell.Transformations;
using AtlasCloud.Storage;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>The prompt of a talk: reads questions and the commands that begin with a slash, and keeps the conversation.</summary>
internal sealed class ChatConsole(PSHostUserInterface screen, PathIntrinsics paths, string? model, string? system, ChatReply? conversation)
{
    private const string Fence = "\"\"\"";

    private readonly List<MediaSource> _images = [];
    private ChatReply? _beforeLast = conversation;
    private ChatQuestion? _last;
    private string? _system = system;
    private long _input;
    private long _output;
    private decimal? _cost = 0;

    internal string? Model { get; private set; } = model;

    internal ChatReply? Reply { get; private set; } = conversation;

    internal void Welcome() =>
        Say($"Talking with {Model}. /help lists the commands, /exit ends. A line that ends in ` goes on; {Fence} begins and ends many lines.");

    /// <summary>The next question; null when the talk is over.</summary>
    internal ChatQuestion? ReadQuestion()
    {
        while (ReadText() is string text)
        {
            if (text.Length == 0)
            {
                continue;
            }

            if (text[0] != '/')
            {
                return Question(text);
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
                    return Ask(_last with { Model = Model!, System = _system, Before = _beforeLast });
                }

                Say("There is no question to ask again.");
                continue;
            }

            Obey(words[0], words.Length > 1 ? words[1] : "");
        }

        return null;
    }

    internal void Take(ChatReply reply)
    {
        Reply = reply;
        _input += reply.Usage?.InputTokens ?? 0;
        _output += reply.Usage?.OutputTokens ?? 0;

        // What is not known once is not known in the sum.
        _cost = reply.EstimatedCost is decimal cost ? _cost + cost : null;
        if (reply.Interruption is AtlasCloudException interruption)
        {
            Refuse(interruption);
        }
    }

    internal void Refuse(AtlasCloudException exception)
    {
        screen.WriteErrorLine(exception.Message);
        if (exception.RecommendedAction is string action)
        {
            Say(action);
        }
    }

    private ChatQuestion Question(string text)
    {
        ChatQuestion question = new(Model!, _system, Reply, text, [.. _images]);
        _images.Clear();
        return Ask(question);
    }

    private ChatQuestion Ask(ChatQuestion question)
    {
        (_last, _beforeLast) = (question, question.Before);
        return question;
    }

    private void Obey(string command, string argument)
    {
        try
        {
            switch (command)
            {
                case "/model":
                    Model = argument.Length > 0 ? argument : Model;
                    Say($"The model is {Model}.");
                    break;
                case "/system":
                    _system = argument.Length > 0 ? argument : null;
                    Say(_system is null ? "There is no system prompt of this talk." : "From the next question on.");
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
                    string cost = _cost is decimal known ? string.Create(CultureInfo.InvariantCulture, $"about {known:0.######} usd") : "cost not known";
                    Say($"{_input} tokens read, {_output} written, {cost}; {Reply?.Conversation.Count ?? 0} messages.");
                    break;
                case "/history":
                    foreach (ChatMessage message in Reply?.Conversation ?? [])
                    {
                        Say(message.ToString());
                    }

                    break;
                case "/help":
                    Say("/model ID  /system TEXT  /image PATH  /save PATH  /load PATH  /retry  /usage  /history  /exit");
                    break;
                default:
                    Say($"There is no {command}. /help lists the commands.");
                    break;
            }
        }
        catch (AtlasCloudException exception)
        {
            Refuse(exception);
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
        Say($"{_images.Count} for the next question.");
    }

    private void Save(string argument)
    {
        string path = PathOf(argument);
        File.WriteAllText(path, new ChatConversation(Model, Reply?.Conversation ?? []).ToJson());
        Say($"Saved to {path}.");
    }

    private void Load(string argument)
    {
        string path = PathOf(argument);
        LocalFile.EnsureReadable(path);
        ChatConversation loaded = ChatConversation.FromJson(File.ReadAllText(path));
        Reply = new ChatReply { Model = loaded.Model, Conversation = loaded.Messages };
        Model = loaded.Model ?? Model;
        Say($"{Reply.Conversation.Count} messages; the model is {Model}.");
    }

    private string PathOf(string argument) => argument.Length > 0
        ? paths.GetUnresolvedProviderPathFromPSPath(argument)
        : throw ChatInput.Invalid("A path is needed.", "As in /save talk.json.");

    private string? ReadText()
    {
        screen.Write($"{Model}> ");
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

    private void Say(string text) => screen.WriteLine(text);
}
