using System.Globalization;
using System.Management.Automation;
using System.Text.Json.Nodes;
using AtlasCloud.PowerShell.Binding;
using AtlasCloud.PowerShell.Pipeline;
using AtlasCloud.PowerShell.Transformations;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Combines parameters and pipeline input into one request.</summary>
internal sealed class ChatInput
{
    private readonly InvokeAtlasChatCommand _command;
    private readonly object? _input;
    private readonly ChatReply? _before;
    private readonly MediaSource[] _media = [];

    internal ChatInput(InvokeAtlasChatCommand command, PathIntrinsics paths)
    {
        _command = command;
        _input = Deserialized.Restore(command.InputObject);
        if (_input is FileInfo or Media or Output { Text: null } or MediaSource or Prediction)
        {
            _media = [.. MediaSourceTransformationAttribute.Convert(paths, _input)];
        }

        bool isPlainValue = _input is null or string or ValueType or Output || _media.Length > 0;
        _before = _input as ChatReply ?? (isPlainValue ? null : ConversationTransformationAttribute.Convert(command.InputObject)) ?? command.Conversation;
    }

    /// <summary>The model given by parameter or row. The binder also binds the Model of an output, but that model generated it.</summary>
    internal string? Model => _media.Length > 0 && !_command.IsFromCommandLine(nameof(_command.Model)) ? null : _command.Model;

    /// <summary>The conversation to continue; null for a new one.</summary>
    internal ChatReply? Before => _before;

    /// <exception cref="AtlasCloudException">InvalidParameter: there is no message.</exception>
    internal ChatRequest ToRequest(string model, JsonObject? schema)
    {
        string text = FindText() ?? "";
        MediaSource[] images = [.. _command.Image ?? [], .. _media.Where(m => m.Kind is not (MediaKind.Video or MediaKind.Audio))];
        MediaSource[] videos = [.. _command.Video ?? [], .. _media.Where(m => m.Kind == MediaKind.Video)];
        MediaSource[] audios = [.. _command.Audio ?? [], .. _media.Where(m => m.Kind == MediaKind.Audio)];
        if (text.Length == 0 && images.Length + videos.Length + audios.Length == 0)
        {
            throw CmdletErrors.NoMessage();
        }

        return new ChatRequest
        {
            Model = model,
            Messages = ConsoleMessage.ComposeMessages(_command.System, _before, text),
            Images = images,
            Videos = videos,
            Audios = audios,
            Protocol = _command.Protocol,
            Temperature = _command.Temperature,
            TopP = _command.TopP,
            MaximumTokens = _command.MaxTokens,
            Stop = _command.Stop ?? [],
            Seed = _command.Seed,
            ReasoningEffort = _command.ReasoningEffort,
            JsonSchema = schema,
            Parameters = _command.Parameters is null ? null : PlainValues.Unwrap(_command.Parameters),
        };
    }

    private string? FindText()
    {
        if (_command.IsFromCommandLine(nameof(_command.Message)))
        {
            return _command.Message;
        }

        return _input switch
        {
            string text => text,
            Output { Text: string text } => text,
            ValueType value => Convert.ToString(value, CultureInfo.InvariantCulture),
            _ => _command.Message,
        };
    }
}
