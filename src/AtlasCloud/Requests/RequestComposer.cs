using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AtlasCloud.Json;
using AtlasCloud.JsonSchema;

namespace AtlasCloud.Requests;

/// <summary>Maps a request to the inputs that its model's schema declares, and checks the result.</summary>
internal sealed class RequestComposer
{
    private readonly GenerationRequest _request;
    private readonly Model? _model;
    private readonly ModelSchema? _schema;
    private readonly JsonObject _body;
    private readonly List<string> _errors = [];
    private readonly ValidationLimit _limit;
    private readonly HashSet<string> _assigned = new(StringComparer.Ordinal);
    private readonly HashSet<string> _mediaInputs = new(StringComparer.Ordinal);
    private readonly HashSet<string> _defaulted = new(StringComparer.Ordinal);

    private RequestComposer(GenerationRequest request, Model? model, ModelSchema? schema, ValidationLimit limit)
    {
        _limit = limit;
        _request = request;
        _model = model;
        _schema = schema;
        _body = new JsonObject { ["model"] = model?.Id ?? request.Model };
    }

    /// <summary>Composes and checks the body. Local files are placeholders in it.</summary>
    /// <param name="request">The request.</param>
    /// <param name="model">The model from the catalog; null to send the name as it is.</param>
    /// <param name="schema">The model's inputs; null if it publishes none.</param>
    /// <param name="limit">The limit of the checks. Default: 2 s for all of them.</param>
    /// <exception cref="AtlasCloudException">InvalidParameter, with everything that is wrong in one message.</exception>
    internal static ComposedRequest Compose(GenerationRequest request, Model? model, ModelSchema? schema, ValidationLimit? limit = null)
    {
        RequestComposer composer = new(request, model, schema, limit ?? new ValidationLimit());
        composer.AddInputs();
        composer.AddRequiredDefaults();
        composer.Validate();
        return new ComposedRequest(composer._body, composer._mediaInputs);
    }

    // The order is that of the errors.
    private void AddInputs()
    {
        AddParameters();
        Add(CommonInput.Prompt, _request.Prompt);
        Add(CommonInput.NegativePrompt, _request.NegativePrompt);
        AddMedia(CommonInput.Image, "image", _request.Images);
        AddMedia(CommonInput.LastImage, "image", _request.LastImage is null ? [] : [_request.LastImage]);
        AddMedia(CommonInput.Video, "video", _request.Videos);
        AddMedia(CommonInput.Audio, "audio", _request.Audios);
        Add(CommonInput.Seed, _request.Seed);
        Add(CommonInput.AspectRatio, _request.AspectRatio);
        Add(CommonInput.Resolution, _request.Resolution);
        foreach ((string[] inputs, string value) in PixelSize.ToInputs(_request.Size, _schema))
        {
            Add(CommonInput.Size, inputs, value);
        }

        Add(CommonInput.Duration, _request.Duration);
        Add(CommonInput.Count, _request.Count);
        if (_request.WebhookUri is Uri webhook)
        {
            _body["webhook_url"] = webhook.AbsoluteUri;
        }
    }

    // These come first: an input that was given by the model's own name wins over a common input.
    private void AddParameters()
    {
        foreach (DictionaryEntry entry in _request.Parameters ?? new Hashtable())
        {
            string name = Convert.ToString(entry.Key, CultureInfo.InvariantCulture) ?? "";
            ModelParameter? parameter = _schema?.Find(name);
            if (parameter is null && _schema is not null && !_request.SkipValidation)
            {
                _errors.Add(RequestErrors.UnknownInput(name, _schema));
            }
            else if (entry.Value is not null)
            {
                if (!_request.SkipValidation && MediaText.IsExpected(name, parameter))
                {
                    _errors.AddRange(MediaText.FindErrors(name, entry.Value));
                }

                if (MediaValues.FindMedia(entry.Value).Any())
                {
                    _mediaInputs.Add(parameter?.Name ?? name);
                }

                Set(parameter?.Name ?? name, ConvertValue(MediaValues.ReplaceMedia(entry.Value, parameter, ValueOf), parameter));
            }
        }
    }

    private void Add(CommonInput common, object? value) => Add(common, CommonInputs.GetNames(common), value);

    private void Add(CommonInput common, string[] inputs, object? value)
    {
        if (value is not (null or "") && FindTarget(common, inputs[0], _schema?.FindFirst(inputs)) is (string name, var parameter))
        {
            Set(name, ConvertValue(value, parameter));
        }
    }

    private void AddMedia(CommonInput common, string kind, IReadOnlyList<MediaSource> sources)
    {
        if (sources.Count == 0)
        {
            return;
        }

        ModelParameter? input = _schema?.FindCommon(common, hasSeveralMedia: sources.Count > 1);
        if (FindTarget(common, CommonInputs.GetNames(common)[0], input) is not (string name, var parameter))
        {
            return;
        }

        if (parameter is { Type: "string", IsTyped: true } && sources.Count > 1 && !_request.SkipValidation)
        {
            _errors.Add($"'{name}' accepts one {kind}, not {sources.Count}.");
            return;
        }

        JsonNode[] values = [.. sources.Select(s => ToMediaNode(parameter, kind, ValueOf(s)))];
        bool wasAssigned = _assigned.Contains(name);
        if (!wasAssigned)
        {
            _mediaInputs.Add(name);
        }

        if (parameter?.Type != "array" && sources.Count == 1)
        {
            Set(name, values[0]);
        }
        else if (_body[name] is JsonArray list && !wasAssigned)
        {
            // References of several kinds share one input.
            foreach (JsonNode value in values)
            {
                list.Add(value);
            }
        }
        else
        {
            Set(name, new JsonArray(values), isShared: name == "refers");
        }
    }

    private JsonNode? ConvertValue(object value, ModelParameter? parameter)
    {
        JsonNode? node = ValueConverter.Convert(value, parameter);
        if (node is null || parameter is null or { IsTyped: true } || _schema?.Rules(parameter.Name) is not JsonElement rules)
        {
            return node;
        }

        // An input that accepts several types keeps the value's own type if that fits.
        bool Fits(JsonNode candidate) => SchemaValidator.ValidateInput(JsonText.ToElement(candidate), rules, _schema.Document, parameter.Name, _limit).Count == 0;
        return Fits(node) ? node : ValueConverter.ConvertToEachType(node, parameter).FirstOrDefault(Fits) ?? node;
    }

    private (string Name, ModelParameter? Parameter)? FindTarget(CommonInput common, string defaultName, ModelParameter? parameter)
    {
        if (parameter is not null)
        {
            return (parameter.Name, parameter);
        }

        if (_schema is null)
        {
            AtlasCloudLog.Verbose($"{common} is sent as '{defaultName}' because the model publishes no list of inputs.");
        }
        else if (!_request.SkipValidation)
        {
            _errors.Add(RequestErrors.UnsupportedInput(common));
            return null;
        }

        return (defaultName, null);
    }

    private void Set(string name, JsonNode? value, bool isShared = false)
    {
        if (isShared ? !_assigned.Contains(name) : _assigned.Add(name))
        {
            _body[name] = value;
        }
    }

    // Only required inputs get the schema's default: an optional one would override defaults that depend on other inputs.
    private void AddRequiredDefaults()
    {
        foreach (ModelParameter parameter in _schema?.Parameters.Where(p => p.IsRequired && !_body.ContainsKey(p.Name)) ?? [])
        {
            if (parameter.Default is not null)
            {
                _body[parameter.Name] = JsonValues.ToJson(parameter.Default);
                _defaulted.Add(parameter.Name);
            }
            else if (!_request.SkipValidation)
            {
                _errors.Add(RequestErrors.MissingInput(parameter, _schema!));
            }
        }
    }

    private void Validate()
    {
        if (CommonInputs.GetNames(CommonInput.Prompt).Any(n => _body[n] is JsonValue value && value.TryGetValue(out string? text) && text.Length > 0 && InputText.IsBlank(text)))
        {
            _errors.Add(RequestErrors.BlankPrompt);
        }

        if (_schema is not null && !_request.SkipValidation)
        {
            ValidationMessages messages = new(_schema);
            _errors.AddRange(new RequestValidator(_schema, _body, _mediaInputs, _defaulted, _limit).Validate().Select(messages.Describe).Distinct());
            _errors.AddRange(CrossInputRules.Validate(_schema, _body));
        }

        if (_errors.Count > 0)
        {
            throw RequestErrors.Invalid(_model?.Id ?? _request.Model, _schema, _errors);
        }

        if (_limit.DescribeUnchecked() is string skipped)
        {
            AtlasCloudLog.Warning($"Some rules of {_model?.Id ?? _request.Model} take too long and were not checked here: {skipped}. The service checks the request too.");
        }
    }

    private static string ValueOf(MediaSource source) => source.Path is string path ? ComposedRequest.PlaceholderFor(path) : source.Value;

    private static JsonNode ToMediaNode(ModelParameter? parameter, string kind, string value) => parameter switch
    {
        { ItemType: "object", Name: "refers" } => new JsonObject { ["url"] = value, ["type"] = kind },
        { ItemType: "object" } => new JsonObject { ["url"] = value },
        _ => JsonValue.Create(value),
    };
}
