using System.Collections.Specialized;
using System.Globalization;
using System.Text.Json;
using AtlasCloud.Json;
using AtlasCloud.Models;
using AtlasCloud.Text;

namespace AtlasCloud;

/// <summary>A model of the catalog (API reference, section 12).</summary>
public sealed record Model
{
    private const int MaxIdLength = 200;

    // A larger number is not a number of seconds.
    private const double MaxRunTimeSeconds = 1800;

    private readonly IReadOnlyList<string> _categories = ReadOnlyLists.Empty<string>();
    private readonly IReadOnlyList<string> _tags = ReadOnlyLists.Empty<string>();
    private readonly IReadOnlyList<string> _protocols = ReadOnlyLists.Empty<string>();
    private readonly IReadOnlyList<string> _inputModalities = ReadOnlyLists.Empty<string>();
    private readonly IReadOnlyList<string> _samplingParameters = ReadOnlyLists.Empty<string>();

    private static readonly HashSet<string> s_known = new(StringComparer.Ordinal)
    {
        "model", "displayName", "type", "profile", "organization", "tags", "categories", "familyName", "familyDisplayName", "price",
        "contextLength", "maxCompletionTokens", "supported_protocols", "input_modalities", "output_modalities",
        "supported_sampling_parameters", "minDuration", "schema", "readme", "display_console", "priority",
    };

    /// <summary>The ID to send in requests, in the catalog's spelling.</summary>
    public required string Id { get; init; }

    /// <summary>The display name; null if the catalog has none.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Text, Image, Video or Audio: decides the endpoint of a request. An unknown type is kept as the catalog spells it.</summary>
    public required string Type { get; init; }

    /// <summary>What the model makes. Finer than <see cref="Type"/>.</summary>
    public ModelKind Kind { get; init; }

    /// <summary>The provider, as in the first part of the ID, in lower case; null if unknown.</summary>
    public string? Provider { get; init; }

    /// <summary>The service's description; null if there is none.</summary>
    public string? Description { get; init; }

    /// <summary>The display name of the model family; null if there is none.</summary>
    public string? Family { get; init; }

    /// <summary>What the model takes and makes, such as TEXT-TO-VIDEO.</summary>
    public IReadOnlyList<string> Categories { get => _categories; init => _categories = ReadOnlyLists.Create(value); }

    /// <summary>Labels such as NEW, HOT, 3D, MUSIC.</summary>
    public IReadOnlyList<string> Tags { get => _tags; init => _tags = ReadOnlyLists.Create(value); }

    /// <summary>
    /// The lowest current price per <see cref="PriceUnit"/> in <see cref="Currency"/>, for language models that of the input; null if the catalog has none,
    /// which does not mean zero. The details are in <see cref="Pricing"/>.
    /// </summary>
    public decimal? Price => Pricing?.Base ?? Pricing?.Input;

    /// <summary>The unit of <see cref="Price"/>: generation, second, image, model, minute, 1k_chars, or 1m_tokens; null if unknown.</summary>
    public string? PriceUnit => Pricing switch
    {
        { Base: not null } => Pricing.Unit,
        { Input: not null } => "1m_tokens",
        _ => null,
    };

    /// <summary>The currency of <see cref="Price"/>, in lower case: usd.</summary>
    public string Currency => Pricing?.Currency ?? "usd";

    /// <summary>All prices of the catalog for the model; null if it has none.</summary>
    public ModelPrice? Pricing { get; init; }

    /// <summary>The context window in tokens; null for media models.</summary>
    public long? ContextLength { get; init; }

    /// <summary>The maximum number of tokens in one reply; null for media models.</summary>
    public long? MaximumOutputTokens { get; init; }

    /// <summary>The protocols of a language model, the preferred one first: openai.chat.completions, openai.responses, claude.messages, gemini.generate.</summary>
    public IReadOnlyList<string> Protocols { get => _protocols; init => _protocols = ReadOnlyLists.Create(value); }

    /// <summary>The input modalities of a language model: text, image, video, audio.</summary>
    public IReadOnlyList<string> InputModalities { get => _inputModalities; init => _inputModalities = ReadOnlyLists.Create(value); }

    /// <summary>The sampling parameters of a language model; empty if the catalog does not list them.</summary>
    public IReadOnlyList<string> SamplingParameters { get => _samplingParameters; init => _samplingParameters = ReadOnlyLists.Create(value); }

    /// <summary>The minimum billed duration in seconds; null if there is none.</summary>
    public decimal? MinimumDuration { get; init; }

    /// <summary>The address of the schema that describes the inputs; null if there is none.</summary>
    public Uri? SchemaUri { get; init; }

    /// <summary>The address of the model's documentation page; null if there is none.</summary>
    public Uri? ReadmeUri { get; init; }

    /// <summary>True if the service's console hides the model. It may still work.</summary>
    public bool IsHidden { get; init; }

    /// <summary>The service's sort order: higher values come first.</summary>
    public long Priority { get; init; }

    /// <summary>Members of the catalog entry that no property covers.</summary>
    public OrderedDictionary AdditionalProperties { get; init; } = new TextualDictionary();

    /// <summary>The average run time of a prediction; null if the catalog has none.</summary>
    internal TimeSpan? AverageRunTime =>
        double.TryParse(Convert.ToString(AdditionalProperties["avgLatency"], CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds)
        && seconds is > 0 and <= MaxRunTimeSeconds ? TimeSpan.FromSeconds(seconds) : null;

    /// <summary>Returns whether the model is of a type or kind, in any of the names that people use for it.</summary>
    /// <param name="name">A <see cref="Type"/>, a <see cref="Kind"/> or an alias such as 3D, LLM, TTS, ASR. Case and separators are ignored.</param>
    public bool IsOfType(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return ModelTypeAliases.IsMatch(this, name);
    }

    /// <summary>Returns whether the model matches a search: each word has to occur in the ID, a name, the description, the tags or the categories.</summary>
    /// <param name="words">Words separated by white space; case is ignored. No words match every model.</param>
    public bool MatchesSearch(string words)
    {
        ArgumentNullException.ThrowIfNull(words);
        string?[] texts = [Id, DisplayName, Description, Provider, Type, Kind.ToString(), Family, .. Tags, .. Categories];
        return words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .All(word => texts.Any(t => t?.Contains(word, StringComparison.OrdinalIgnoreCase) == true) || IsOfType(word));
    }

    /// <summary>The ID.</summary>
    public override string ToString() => Id;

    /// <summary>The type for messages. The catalog lists 3D models under Image.</summary>
    internal string TypeName => Kind == ModelKind.ThreeD ? "3D" : Type;

    /// <summary>Reads a catalog entry; null if it has no usable ID.</summary>
    internal static Model? Read(JsonElement item)
    {
        // An ID that cannot be typed or sent is useless, and every ID is compared with mistyped names, which takes time in its length.
        if (item.Text("model", "id") is not { Length: <= MaxIdLength } id || id.Any(SafeText.IsUnprintable))
        {
            return null;
        }

        IReadOnlyList<string> tags = item.Member("tags").Texts();
        IReadOnlyList<string> categories = item.Member("categories").Texts();
        IReadOnlyList<string> protocols = item.FirstMember("supported_protocols", "supported_apis").Texts();

        // Only language models have protocols.
        string type = NormalizeType(item.Text("type") ?? (protocols.Count > 0 ? "Text" : null));
        ModelKind kind = ModelKinds.Classify(id, type, tags, categories);
        return new Model
        {
            Id = id,
            DisplayName = item.Text("displayName"),
            Type = type,
            Kind = kind,
            Provider = id.Contains('/', StringComparison.Ordinal) ? id[..id.IndexOf('/', StringComparison.Ordinal)] : item.Text("organization")?.ToLowerInvariant(),
            Description = item.Text("profile"),
            Family = item.Text("familyDisplayName", "familyName"),
            Categories = categories,
            Tags = tags,
            Pricing = ModelPrice.Read(item, kind),
            ContextLength = item.Member("contextLength")?.AsInteger(),
            MaximumOutputTokens = item.Member("maxCompletionTokens")?.AsInteger(),
            Protocols = protocols,
            InputModalities = item.Member("input_modalities").Texts(),
            SamplingParameters = item.Member("supported_sampling_parameters").Texts(),
            MinimumDuration = item.Member("minDuration")?.AsDecimal(),
            SchemaUri = ReadUri(item, "schema"),
            ReadmeUri = ReadUri(item, "readme"),
            IsHidden = item.Member("display_console")?.AsBoolean() == false,
            Priority = item.Member("priority")?.AsInteger() ?? 0,
            AdditionalProperties = JsonValues.ToDictionary(item, name => !s_known.Contains(name)),
        };
    }

    private static string NormalizeType(string? type) => type?.ToUpperInvariant() switch
    {
        "TEXT" or "CHAT" => "Text",
        "IMAGE" => "Image",
        "VIDEO" => "Video",
        "AUDIO" => "Audio",
        _ => SafeText.Sanitize(type, length: 40),
    };

    private static Uri? ReadUri(JsonElement item, string name) =>
        Uri.TryCreate(item.Text(name), UriKind.Absolute, out Uri? uri) && uri.Scheme is ("https" or "http") ? uri : null;
}
