using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AtlasCloud.Json;
using AtlasCloud.JsonSchema;
using AtlasCloud.Logging;
using AtlasCloud.Models;

namespace AtlasCloud.Requests;

/// <summary>Puts a request into the words of its model: friendly names become the members that the model's schema declares.</summary>
internal sealed class RequestComposer
{
    private readonly GenerationRequest _request;
    private readonly Model? _model;
    private readonly ModelSchema? _schema;
    private readonly JsonObject _body;
    private readonly List<string> _faults = [];
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly HashSet<string> _media = new(StringComparer.Ordinal);
    private readonly HashSet<string> _filled = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _friendly = new(StringComparer.Ordinal);

    private RequestComposer(GenerationRequest request, Model? model, ModelSchema? schema)
    {
        _request = request;
        _model = model;
        _schema = schema;
        _body = new JsonObject { ["model"] = model?.Id ?? request.Model };
    }

    /// <summary>The body to send. Local files stand in it by their paths, or by what <paramref name="uploaded"/> has for them.</summary>
    /// <exception cref="AtlasCloudException">InvalidParameter, with everything that is wrong in one message.</exception>
    internal static JsonObject Compose(
        GenerationRequest request, Model? model, ModelSchema? schema, IReadOnlyDictionary<string, Media>? uploaded = null)
    {
        RequestComposer composer = new(request, model, schema);
        composer.Fill(source => source.Path is string path && uploaded is not null ? uploaded[path].ToString() : source.Value);
        return composer._body;
    }

    private void Fill(Func<MediaSource, string> valueOf)
    {
        Explicit(valueOf);
        Put("-Prompt", FriendlyNames.Prompt, _request.Prompt);
        Put("-NegativePrompt", FriendlyNames.NegativePrompt, _request.NegativePrompt);
        Media("-Image", "image", FriendlyNames.Image, _request.Images, valueOf);
        Media("-LastImage", "image", FriendlyNames.LastImage, _request.LastImage is null ? [] : [_request.LastImage], valueOf);
        Media("-Video", "video", FriendlyNames.Video, _request.Videos, valueOf);
        Media("-Audio", "audio", FriendlyNames.Audio, _request.Audios, valueOf);
        Put("-Seed", FriendlyNames.Seed, _request.Seed);
        Put("-AspectRatio", FriendlyNames.AspectRatio, _request.AspectRatio);
        Put("-Resolution", FriendlyNames.Resolution, _request.Resolution);
        Size();
        Put("-Duration", FriendlyNames.Duration, _request.Duration);
        Put("-Count", FriendlyNames.Count, _request.Count);
        if (_request.WebhookUri is Uri webhook)
        {
            _body["webhook_url"] = webhook.AbsoluteUri;
        }

        Required();
        if (_schema is not null && !_request.SkipValidation)
        {
            ValidationMessages sentences = new(_schema, _friendly);
            _faults.AddRange(new RequestValidator(_schema, _body, _media, _filled).Faults().Select(sentences.Of).Distinct());
            _faults.AddRange(CrossInputRules.Faults(_schema, _body));
        }

        if (_faults.Count > 0)
        {
            throw RequestErrors.Of(_model?.Id ?? _request.Model, _schema, _faults);
        }
    }

    private void Explicit(Func<MediaSource, string> valueOf)
    {
        foreach (DictionaryEntry entry in _request.Parameters ?? new Hashtable())
        {
            string name = System.Convert.ToString(entry.Key, CultureInfo.InvariantCulture) ?? "";
            ModelParameter? parameter = _schema?.Find(name);
            if (parameter is null && _schema is not null && !_request.SkipValidation)
            {
                _faults.Add(RequestErrors.Unknown(name, _schema));
            }
            else if (entry.Value is not null)
            {
                if (MediaValues.AreIn(entry.Value))
                {
                    _media.Add(parameter?.Name ?? name);
                }

                Set(parameter?.Name ?? name, Converted(MediaValues.WithAddresses(entry.Value, parameter, valueOf), parameter));
            }
        }
    }

    private void Put(string friendly, string[] names, object? value)
    {
        if (value is null or "")
        {
            return;
        }

        if (Target(friendly, names[0], _schema?.FindFirst(names)) is (string name, var parameter))
        {
            Name(name, friendly);
            Set(name, Converted(value, parameter));
        }
    }

    private JsonNode? Converted(object value, ModelParameter? parameter)
    {
        JsonNode? node = ValueConverter.Convert(value, parameter);
        if (node is null || parameter is null or { IsTyped: true } || _schema?.Rules(parameter.Name) is not JsonElement rules)
        {
            return node;
        }

        // Where a value may have several types, it keeps its own as long as that fits.
        bool Fits(JsonNode candidate) => SchemaValidator.ValidateInput(JsonText.ToElement(candidate), rules, _schema.Document, parameter.Name).Count == 0;
        return Fits(node) ? node : ValueConverter.Alternatives(node, parameter).FirstOrDefault(Fits) ?? node;
    }

    private void Media(string friendly, string kind, string[] names, IReadOnlyList<MediaSource> sources, Func<MediaSource, string> valueOf)
    {
        if (sources.Count == 0)
        {
            return;
        }

        ModelParameter? input = _schema is null ? null : ParameterMap.Find(_schema, friendly[1..], several: sources.Count > 1);
        if (Target(friendly, names[0], input) is not (string name, var parameter))
        {
            return;
        }

        Name(name, friendly);
        if (parameter is { Type: "string" } && sources.Count > 1 && !_request.SkipValidation)
        {
            _faults.Add($"{friendly} takes one for this model ('{name}'), not {sources.Count}.");
            return;
        }

        bool isArray = parameter?.Type == "array" || sources.Count > 1;
        JsonNode[] values = [.. sources.Select(s => Element(parameter, kind, valueOf(s)))];
        if (!_taken.Contains(name))
        {
            _media.Add(name);
        }

        if (!isArray)
        {
            Set(name, values[0]);
        }
        else if (_body[name] is JsonArray list && !_taken.Contains(name))
        {
            // Typed references of several kinds share one member.
            foreach (JsonNode value in values)
            {
                list.Add(value);
            }
        }
        else
        {
            Set(name, new JsonArray(values), share: name == "refers");
        }
    }

    private static JsonNode Element(ModelParameter? parameter, string kind, string value) => parameter switch
    {
        { ItemType: "object", Name: "refers" } => new JsonObject { ["url"] = value, ["type"] = kind },
        { ItemType: "object" } => new JsonObject { ["url"] = value },
        _ => JsonValue.Create(value),
    };

    private void Size()
    {
        foreach ((string[] names, string value) in PixelSize.Of(_request.Size, _schema))
        {
            Put("-Size", names, value);
        }
    }

    private (string Name, ModelParameter? Parameter)? Target(string friendly, string usual, ModelParameter? parameter)
    {
        if (parameter is not null)
        {
            return (parameter.Name, parameter);
        }

        if (_schema is null)
        {
            AtlasCloudLog.Verbose($"{friendly} is sent as '{usual}': the model publishes no list of its inputs.");
        }
        else if (!_request.SkipValidation)
        {
            _faults.Add($"It has no input for {friendly}.");
            return null;
        }

        return (usual, null);
    }

    // How an input was given is how it is called when something is wrong with it.
    private void Name(string name, string friendly)
    {
        if (!_taken.Contains(name))
        {
            _friendly[name] = friendly;
        }
    }

    // What stands under -Parameters was asked for by its own name and wins.
    private void Set(string name, JsonNode? value, bool share = false)
    {
        if (share ? !_taken.Contains(name) : _taken.Add(name))
        {
            _body[name] = value;
        }
    }

    // Only required inputs get the schema's default: an optional one sent along would override defaults that depend on others.
    private void Required()
    {
        foreach (ModelParameter parameter in _schema?.Parameters.Where(p => p.IsRequired && !_body.ContainsKey(p.Name)) ?? [])
        {
            if (parameter.Default is not null)
            {
                _body[parameter.Name] = JsonValues.ToJson(parameter.Default);
                _filled.Add(parameter.Name);
            }
            else if (!_request.SkipValidation)
            {
                _faults.Add(RequestErrors.Missing(parameter, _schema!));
            }
        }
    }
}
