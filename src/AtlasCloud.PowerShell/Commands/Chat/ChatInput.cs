using System.Management.Automation;
using System.Text.Json.Nodes;
using AtlasCloud.PowerShell.Binding;
using AtlasCloud.PowerShell.Transformations;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Puts what was typed and what came down the pipeline together into one question.</summary>
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

    /// <exception cref="AtlasCloudException">InvalidParameter: there is no model, or no question.</exception>
    internal ChatRequest ToRequest(JsonObject? schema)
    {
        // A picture has a Model too, which the binder takes: it made the picture and cannot talk about it.
        string? model = _media.Length > 0 && !_command.IsTyped(nameof(_command.Model)) ? null : _command.Model;
        model ??= _before?.Model;
        if (string.IsNullOrEmpty(model))
        {
            throw Invalid("No model is named.", "Give -Model; Get-AtlasModel -Type Text lists the language models.");
        }

        string question = QuestionOf() ?? "";
        MediaSource[] images = [.. _command.Image ?? [], .. _media.Where(m => m.Kind is not (MediaKind.Video or MediaKind.Audio))];
        MediaSource[] videos = [.. _command.Video ?? [], .. _media.Where(m => m.Kind == MediaKind.Video)];
        MediaSource[] audios = [.. _command.Audio ?? [], .. _media.Where(m => m.Kind == MediaKind.Audio)];
        if (question.Length == 0 && images.Length + videos.Length + audios.Length == 0)
        {
            throw Invalid("There is no question.", "Give -Message, or pipe text.");
        }

        return new ChatRequest
        {
            Model = model,
            Messages = Messages(_command.System, _before, question),
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

    /// <summary>The conversation with the next question; a new system prompt takes the place of the old one.</summary>
    internal static IReadOnlyList<ChatMessage> Messages(string? system, ChatReply? before, string question) =>
    [
        .. system is null ? Array.Empty<ChatMessage>() : [new ChatMessage { Role = "system", Text = system }],
        .. (before?.Conversation ?? []).Where(m => system is null || m.Role != "system"),
        new ChatMessage { Role = "user", Text = question },
    ];

    internal static AtlasCloudException Invalid(string what, string action) =>
        new(AtlasCloudErrorKind.InvalidParameter, $"{what} Nothing was sent.") { RecommendedAction = action };

    private string? QuestionOf()
    {
        if (_command.IsTyped(nameof(_command.Message)))
        {
            return _command.Message;
        }

        return _input switch
        {
            string text => text,
            Output { Text: string text } => text,
            ValueType value => Convert.ToString(value, global::System.Globalization.CultureInfo.InvariantCulture),
            _ => _command.Message,
        };
    }
}
