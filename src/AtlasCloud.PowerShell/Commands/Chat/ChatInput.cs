using System.Collections;
using System.Collections.Specialized;
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
    // An object with one of these is a message or a conversation, not a row.
    private static readonly string[] s_conversationMembers = ["ROLE", "CONVERSATION", "MESSAGES"];

    private readonly InvokeAtlasChatCommand _command;
    private readonly RowBinder _row;
    private readonly object? _input;
    private readonly string? _text;
    private readonly ChatReply? _before;
    private readonly MediaSource[] _media = [];

    /// <param name="command">The command with its arguments.</param>
    /// <param name="item">The pipeline object; null if there is none.</param>
    /// <param name="text">Piped text that the message is about; null if there is none.</param>
    /// <param name="reporter">Warns about columns that are not used.</param>
    /// <param name="paths">Resolves paths.</param>
    internal ChatInput(InvokeAtlasChatCommand command, PSObject? item, string? text, ColumnReporter reporter, PathIntrinsics paths)
    {
        _command = command;
        _text = text;
        _row = new RowBinder(RowParameters.Get(command.GetType()), reporter, paths, command.IsFromCommandLine);
        _input = Deserialized.Restore(item);
        _before = command.Conversation;
        switch (_input)
        {
            case null or string or Output { Text: not null }:
                break;
            case ChatReply reply:
                _before = reply;
                break;
            case FileInfo or Media or Asset or Output or MediaSource or Prediction:
                _media = [.. MediaSourceTransformationAttribute.Convert(paths, _input)];
                break;
            case ChatMessage:
            case IEnumerable and not (IDictionary or JsonNode):
                _before = ConversationTransformationAttribute.Convert(item);
                break;
            default:
                _before = ReadObject(item!) ?? _before;
                break;
        }
    }

    /// <summary>The model given by parameter or row. An output also has a Model, but that model generated it.</summary>
    internal string? Model => TypedModel ?? _row[nameof(_command.Model)] as string;

    /// <summary>The model of -Model that the request is for; null if the parameter was not specified.</summary>
    internal string? TypedModel { get; init; }

    /// <summary>All models of -Model; null if the parameter was not specified.</summary>
    internal ComparedModels? Models { get; init; }

    /// <summary>The conversation to continue; null for a new one.</summary>
    internal ChatReply? Before => _before;

    /// <exception cref="AtlasCloudException">InvalidParameter: there is no message.</exception>
    internal ChatRequest ToRequest(string model, JsonObject? schema)
    {
        string text = FindText() ?? "";
        MediaSource[] images = [.. _row.Get(nameof(_command.Image), _command.Image) ?? [], .. _media.Where(m => m.Kind is not (MediaKind.Video or MediaKind.Audio))];
        MediaSource[] videos = [.. _row.Get(nameof(_command.Video), _command.Video) ?? [], .. _media.Where(m => m.Kind == MediaKind.Video)];
        MediaSource[] audios = [.. _row.Get(nameof(_command.Audio), _command.Audio) ?? [], .. _media.Where(m => m.Kind == MediaKind.Audio)];
        if (InputText.IsBlank(text) && (text.Length > 0 || images.Length + videos.Length + audios.Length == 0))
        {
            throw CmdletErrors.NoMessage();
        }

        return new ChatRequest
        {
            Model = model,
            Messages = ConsoleMessage.ComposeMessages(_row.Get(nameof(_command.System), _command.System), _before, text),
            Images = images,
            Videos = videos,
            Audios = audios,
            Protocol = _row.Get(nameof(_command.Protocol), _command.Protocol),
            Temperature = _row.Get(nameof(_command.Temperature), _command.Temperature),
            TopP = _row.Get(nameof(_command.TopP), _command.TopP),
            MaximumTokens = _row.Get(nameof(_command.MaxTokens), _command.MaxTokens),
            Stop = _row.Get(nameof(_command.Stop), _command.Stop) ?? [],
            Seed = _row.Get(nameof(_command.Seed), _command.Seed),
            ReasoningEffort = _row.Get(nameof(_command.ReasoningEffort), _command.ReasoningEffort),
            JsonSchema = schema,
            Parameters = ReadParameters(model),
        };
    }

    private OrderedDictionary? ReadParameters(string model)
    {
        if (ModelKeys.Select(_row.Get(nameof(_command.Parameters), _command.Parameters), model, Models) is not IDictionary parameters)
        {
            return null;
        }

        OrderedDictionary entries = PlainValues.Unwrap(parameters);
        return RepeatedKeys.Find(entries, InputText.NormalizeName) is (string first, string second, _)
            ? throw CmdletErrors.ParametersInvalid($"contains '{Conversion.Show(first)}' and '{Conversion.Show(second)}', which have different values")
            : entries;
    }

    // Returns the conversation that the object is; null for a row, which is bound.
    private ChatReply? ReadObject(PSObject item)
    {
        PipelineInput input = PipelineInput.Read(item);
        if (input.Kind is InputKind.Number)
        {
            return null;
        }

        if (input.Kind is not InputKind.Row)
        {
            throw CmdletErrors.InputUnusable(_input!);
        }

        if (input.Columns.Any(c => s_conversationMembers.Contains(InputText.NormalizeName(c.Name), StringComparer.Ordinal)))
        {
            return ConversationTransformationAttribute.Convert(item);
        }

        if (input is { Columns.Count: > 0, IsTable: false } && !input.Columns.Any(c => _row.Parameters.Find(c.Name) is { TakesColumn: true }))
        {
            throw CmdletErrors.InputWithoutColumns(_input!);
        }

        string? typed = _command.IsFromCommandLine(nameof(_command.Model)) && _command.Model is { Length: > 0 } names ? string.Join(", ", names) : null;
        string model = typed ?? input.Columns.FirstOrDefault(c => InputText.NormalizeName(c.Name) == "MODEL")?.Value?.ToString() ?? "the model";
        foreach (RowProperty column in input.Columns)
        {
            _row.Bind(column, model);
        }

        _row.ThrowIfInvalid();
        return null;
    }

    private string? FindText()
    {
        if (_command.IsFromCommandLine(nameof(_command.Message)))
        {
            return _text is null || InputText.IsBlank(_command.Message) ? _command.Message : $"{_command.Message}\n\n{_text}";
        }

        return _input switch
        {
            string text => text,
            Output { Text: string text } => text,
            ValueType value => Convert.ToString(value, CultureInfo.InvariantCulture),
            _ => (string?)_row[nameof(_command.Message)],
        };
    }
}
