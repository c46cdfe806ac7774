using System.Buffers.Text;

namespace AtlasCloud.Emulation.Chat;

/// <summary>Builds a conversation from its messages and validates their order and content.</summary>
internal sealed class ConversationBuilder
{
    private readonly List<string> _openCalls = [];
    private readonly List<string> _toolResults = [];
    private string _lastText = "";
    private string _lastRole = "user";
    private string? _error;
    private bool _isInToolRound;
    private bool _isEmpty = true;
    private (int Images, int Videos, int AudioClips) _media;
    private long _characters;
    private int _toolRounds;

    /// <summary>Counts the system prompt towards the input tokens; replies do not depend on it.</summary>
    internal void AddSystemPrompt(string text) => _characters += text.Length;

    internal void AddMessage(string role, string text)
    {
        RequireToolResults();
        (_lastRole, _lastText, _isInToolRound, _isEmpty) = (role, text, false, false);
        _characters += text.Length;
        if (role == "user")
        {
            _toolRounds = 0;
            _toolResults.Clear();
        }
    }

    /// <summary>Adds a tool call of an earlier reply. Consecutive calls without a result form one round.</summary>
    internal void AddToolCall(string id)
    {
        if (!_isInToolRound)
        {
            _toolRounds++;
            _toolResults.Clear();
            (_isInToolRound, _lastRole) = (true, "assistant");
        }

        _openCalls.Add(id);
    }

    internal void AddToolResult(string id, string text)
    {
        if (!_openCalls.Remove(id))
        {
            SetError($"tool result for '{id}', which was not called");
        }

        (_lastRole, _lastText, _isInToolRound, _isEmpty) = ("tool", text, false, false);
        _toolResults.Add(text);
        _characters += text.Length;
    }

    internal void AddImage(string? address) => CountMedia(ref _media.Images, address, "image");

    internal void AddVideo(string? address) => CountMedia(ref _media.Videos, address, "video");

    internal void AddAudio(string? address) => CountMedia(ref _media.AudioClips, address, "audio clip");

    /// <summary>Adds Base64 data. The first part of the media type decides its kind.</summary>
    internal void AddInlineMedia(string? mediaType, string? data)
    {
        bool isValid = data is { Length: > 0 } && Base64.IsValid(data);
        AddMedia(mediaType, isValid ? "data:" : null);
    }

    internal void AddMedia(string? mediaType, string? address)
    {
        switch (mediaType?.Split('/')[0])
        {
            case "video":
                AddVideo(address);
                break;
            case "audio":
                AddAudio(address);
                break;
            case "image":
                AddImage(address);
                break;
            default:
                SetError($"media type '{mediaType}' is not supported");
                break;
        }
    }

    /// <summary>Records an error; the first one wins.</summary>
    internal void SetError(string error) => _error ??= error;

    internal Conversation Build(string member)
    {
        RequireToolResults();
        if (_isEmpty)
        {
            SetError(member + " is required");
        }

        return new Conversation(
            _lastText, _lastRole, _media.Images, _media.Videos, _media.AudioClips, _characters, _toolResults, _toolRounds, _error);
    }

    private void RequireToolResults()
    {
        if (_openCalls.Count > 0)
        {
            SetError($"tool call '{_openCalls[0]}' has no result");
        }
    }

    private void CountMedia(ref int media, string? address, string noun)
    {
        media++;
        if (address is null || !(address.StartsWith("data:", StringComparison.Ordinal) || address.StartsWith("http", StringComparison.Ordinal)))
        {
            SetError($"the {noun} must be a data URI or an http address");
        }
    }
}
