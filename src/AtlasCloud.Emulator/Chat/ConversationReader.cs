using System.Buffers.Text;

namespace AtlasCloud.Emulation.Chat;

/// <summary>Puts a conversation together from its messages, and finds what no service would accept.</summary>
internal sealed class ConversationReader
{
    private readonly List<string> _openCalls = [];
    private readonly List<string> _results = [];
    private string _lastText = "";
    private string _lastRole = "user";
    private string? _system;
    private string? _fault;
    private bool _isCalling;
    private bool _isEmpty = true;
    private (int Images, int Videos, int Sounds) _media;
    private long _characters;
    private int _rounds;

    internal void System(string text)
    {
        _system = _system is null ? text : _system + "\n" + text;
        _characters += text.Length;
    }

    internal void Say(string role, string text)
    {
        RequireResults();
        (_lastRole, _lastText, _isCalling, _isEmpty) = (role, text, false, false);
        _characters += text.Length;
        if (role == "user")
        {
            _rounds = 0;
            _results.Clear();
        }
    }

    /// <summary>A tool call of an earlier answer. Calls without a result in between belong to one round.</summary>
    internal void Call(string id)
    {
        if (!_isCalling)
        {
            _rounds++;
            _results.Clear();
            (_isCalling, _lastRole) = (true, "assistant");
        }

        _openCalls.Add(id);
    }

    internal void Result(string id, string text)
    {
        if (!_openCalls.Remove(id))
        {
            Fail($"tool result for '{id}', which was not called");
        }

        (_lastRole, _lastText, _isCalling, _isEmpty) = ("tool", text, false, false);
        _results.Add(text);
        _characters += text.Length;
    }

    internal void Image(string? address) => Count(ref _media.Images, address, "image");

    internal void Video(string? address) => Count(ref _media.Videos, address, "video");

    internal void Sound(string? address) => Count(ref _media.Sounds, address, "sound");

    /// <summary>Raw Base64 with its media type. The first part of the type decides what it is.</summary>
    internal void Inline(string? mediaType, string? data)
    {
        bool isValid = data is { Length: > 0 } && Base64.IsValid(data);
        ByType(mediaType, isValid ? "data:" : null);
    }

    internal void ByType(string? mediaType, string? address)
    {
        switch (mediaType?.Split('/')[0])
        {
            case "video":
                Video(address);
                break;
            case "audio":
                Sound(address);
                break;
            case "image":
                Image(address);
                break;
            default:
                Fail($"media type '{mediaType}' is not supported");
                break;
        }
    }

    /// <summary>Remembers the first fault.</summary>
    internal void Fail(string fault) => _fault ??= fault;

    internal Conversation Build(string member)
    {
        RequireResults();
        if (_isEmpty)
        {
            Fail(member + " is required");
        }

        return new Conversation(
            _lastText, _lastRole, _system, _media.Images, _media.Videos, _media.Sounds, _characters, _results, _rounds, _fault);
    }

    private void RequireResults()
    {
        if (_openCalls.Count > 0)
        {
            Fail($"tool call '{_openCalls[0]}' has no result");
        }
    }

    private void Count(ref int media, string? address, string noun)
    {
        media++;
        if (address is null || !(address.StartsWith("data:", StringComparison.Ordinal) || address.StartsWith("http", StringComparison.Ordinal)))
        {
            Fail($"the {noun} is neither data nor an address");
        }
    }
}
