using System.Collections;
using System.Management.Automation;
using AtlasCloud.PowerShell.Commands;
using AtlasCloud.PowerShell.DynamicParameters;
using AtlasCloud.PowerShell.Pipeline;

namespace AtlasCloud.PowerShell.Binding;

/// <summary>
/// Combines arguments and one pipeline object into requests, one per prompt. Objects of this module have properties with the names of parameters, such as
/// the Model of a prediction. These describe the origin of the object and are ignored.
/// </summary>
internal sealed class GenerationInput
{
    private readonly RequestCmdlet _command;
    private readonly ModelInputSource _source;
    private readonly PipelineInput _input;
    private readonly RowBinder _row;
    private readonly RuntimeDefinedParameter[] _typed;
    private readonly bool _isMedia;

    /// <summary>The model of -Model that the requests are for; null if the parameter was not specified.</summary>
    internal string? TypedModel { get; init; }

    /// <summary>All models of -Model; null if the parameter was not specified.</summary>
    internal ComparedModels? Models { get; init; }

    /// <summary>Removes inputs that the model lacks; null if there is only one model.</summary>
    internal ModelFilter? Filter { get; init; }

    internal GenerationInput(RequestCmdlet command, ModelInputSource source, ColumnReporter reporter, PathIntrinsics paths)
    {
        (_command, _source, _input) = (command, source, PipelineInput.Read(command.InputObject));
        _typed = [.. source.Declared.Where(p => command.IsFromCommandLine(p.Name))];
        _row = new RowBinder(RowParameters.Get(command.GetType()), reporter, paths, IsTyped);
        _isMedia = _input.Kind == InputKind.Media
            || (_input.Value is string && command.IsFromCommandLine(nameof(command.Prompt)) && !command.IsScriptArgument(nameof(command.Prompt)));
    }

    /// <exception cref="AtlasCloudException">InvalidParameter: the pipeline input cannot be used with these arguments.</exception>
    internal IReadOnlyList<GenerationRequest> CreateRequests(Func<Func<CancellationToken, Task<ModelSchema?>>, ModelSchema?> run)
    {
        string model = GetModel();
        bool needsInputs = Filter is not null || _input.Columns.Count > 0 || _typed.Length > 0 || _command.Parameters is not null;
        ModelInputs? own = needsInputs ? _source.GetInputs(_command.RequestClient, model, run) : null;
        RequestBinder binder = new(_command, _row, own, model, _typed);
        if (_input is { Kind: InputKind.Row, Columns.Count: > 0, IsTable: false, Earlier: null } && !_input.Columns.Any(binder.Matches))
        {
            throw CmdletErrors.InputWithoutColumns(_input.Value!);
        }

        foreach (RowProperty column in _input.Earlier is null ? _input.Columns : _input.Changes)
        {
            binder.Bind(column);
        }

        if (_input.Earlier is Request earlier)
        {
            IDictionary? parameters = ModelKeys.Select(_command.Parameters, model, Models);
            new EarlierRequestBinder(_command, binder, _row, own, _typed, parameters).Bind(earlier, model);
        }
        (CommonInput Input, MediaSource[] Media)[] media = [.. binder.BindTyped()];
        binder.BindParameters(ModelKeys.Select(_row.Get(nameof(_command.Parameters), _command.Parameters), model, Models));
        _row.ThrowIfInvalid();
        Filter?.Apply(binder.Members, own, model, _row.Reporter);
        GenerationRequest request = AddMedia(CreateRequest(model, media) with { Parameters = binder.Members.Count > 0 ? binder.Members : null });
        return [.. GetPrompts().Select((prompt, index) => request with { Prompt = prompt, Row = index }).Select(r => Filter?.Apply(r, own, _row.Reporter) ?? r)];
    }

    private GenerationRequest CreateRequest(string model, (CommonInput Input, MediaSource[] Media)[] typed)
    {
        MediaSource[] GetMedia(CommonInput input, MediaSource[]? argument) =>
            [.. _command.IsFromCommandLine(input.ToString()) ? argument ?? [] : typed.Any(t => t.Input == input) ? [] : _row.Get(input.ToString(), argument) ?? [],
             .. typed.Where(t => t.Input == input).SelectMany(t => t.Media)];
        return new()
        {
            Model = model,
            NegativePrompt = _row.Get(nameof(_command.NegativePrompt), _command.NegativePrompt),
            Images = GetMedia(CommonInput.Image, _command.Image),
            LastImage = GetSingle(GetMedia(CommonInput.LastImage, _command.LastImage)),
            Videos = GetMedia(CommonInput.Video, _command.Video),
            Audios = GetMedia(CommonInput.Audio, _command.Audio),
            Seed = _row.Get(nameof(_command.Seed), _command.Seed),
            AspectRatio = _row.Get(nameof(_command.AspectRatio), _command.AspectRatio),
            Resolution = _row.Get(nameof(_command.Resolution), _command.Resolution),
            Size = _row.Get(nameof(_command.Size), _command.Size),
            Duration = _row.Get(nameof(_command.Duration), _command.Duration),
            Count = _row.Get(nameof(_command.Count), _command.Count),
            Label = _row.Get(nameof(_command.Label), _command.Label),
            WebhookUri = _row.Get(nameof(_command.WebhookUri), _command.WebhookUri),
            OutputExpiration = _row.Get(nameof(_command.OutputExpiration), _command.OutputExpiration),
            MaxCost = _row.Get("MaxCost", (_command as GenerationCmdlet)?.MaxCost),
            SkipValidation = _command.SkipValidation,
        };
    }

    // The model of a row decides what its other columns mean, so it comes first.
    private string GetModel()
    {
        bool isTyped = TypedModel is not null;
        if (_isMedia && !isTyped && _command.DefaultModel is null)
        {
            throw CmdletErrors.ModelNotSpecified();
        }

        if (_input.Value is Model piped)
        {
            if (isTyped)
            {
                _row.Reporter.ReportOnce("model", "The models in the pipeline are ignored: -Model is specified.");
            }

            return TypedModel ?? piped.Id;
        }

        object? column = _input.Kind == InputKind.Row ? _input.Columns.FirstOrDefault(c => InputText.NormalizeName(c.Name) == "MODEL")?.Value : null;
        if (!isTyped && column is not string and IEnumerable)
        {
            throw CmdletErrors.ModelColumnInvalid();
        }

        return (TypedModel ?? (column?.ToString()?.Trim() is { Length: > 0 } own ? own : _command.DefaultModel)) is { Length: > 0 } model ? model : throw CmdletErrors.ModelMissing(_command.DefaultModelParameter);
    }

    private IEnumerable<string?> GetPrompts()
    {
        bool isTyped = _command.IsFromCommandLine(nameof(_command.Prompt));
        if (_input.Kind is InputKind.Text && !_isMedia && isTyped && _input.Value is not string)
        {
            throw CmdletErrors.TextBesideText(nameof(_command.Prompt));
        }

        if (_input.Kind is InputKind.Number && isTyped && !_command.HasScriptArguments)
        {
            _row.Reporter.ReportOnce("number", "The numbers in the pipeline are ignored: -Prompt is specified. The same request is submitted for each number.");
        }

        string[]? prompts = isTyped ? _command.Prompt : _input.Text is string text && !_isMedia ? [text] : _row.Get(nameof(_command.Prompt), _command.Prompt);
        return prompts is { Length: > 0 } ? prompts : new string?[] { null };
    }

    private GenerationRequest AddMedia(GenerationRequest request)
    {
        if (!_isMedia)
        {
            return request;
        }

        Conversion media = CellReader.ReadMedia(_input.Value, _row.Paths);
        if (media.Problem is string problem)
        {
            throw CmdletErrors.RowInvalid([$"The pipeline input {problem}."]);
        }

        MediaSource[] sources = (MediaSource[])media.Value!;
        if (sources.Length == 0)
        {
            throw CmdletErrors.InputWithoutMedia(_input.Value);
        }

        MediaSource[] OfKind(params MediaKind[] kinds) => [.. sources.Where(s => kinds.Contains(s.Kind))];
        return request with
        {
            Label = request.Label ?? GetFileLabel(),
            Images = [.. request.Images, .. OfKind(MediaKind.Image, MediaKind.Unknown, MediaKind.ThreeD, MediaKind.Archive, MediaKind.Text)],
            Videos = [.. request.Videos, .. OfKind(MediaKind.Video)],
            Audios = [.. request.Audios, .. OfKind(MediaKind.Audio)],
        };
    }

    private string? GetFileLabel() => _input.Value switch
    {
        FileInfo file => Path.GetFileNameWithoutExtension(file.Name),
        Media { Path.Length: > 0 } media => Path.GetFileNameWithoutExtension(media.Path),
        _ => null,
    };

    private bool IsTyped(string parameter) => _command.IsFromCommandLine(parameter)
        || (_typed.Length > 0 && _source.GetTypedCommonInputs(_typed, TypedModel ?? _command.DefaultModel).Any(c => c.ToString() == parameter));

    private static MediaSource? GetSingle(MediaSource[] sources) => sources.Length switch
    {
        0 => null,
        1 => sources[0],
        int count => throw CmdletErrors.SeveralLastImages(count),
    };
}
