using System.Collections.Specialized;
using System.Text.Json;
using AtlasCloud.Json;
using AtlasCloud.Models;
using AtlasCloud.Text;

namespace AtlasCloud;

/// <summary>A model of the catalog.</summary>
public sealed record Model
{
    private const int LongestId = 200;

    private readonly IReadOnlyList<string> _categories = [];
    private readonly IReadOnlyList<string> _tags = [];
    private readonly IReadOnlyList<string> _protocols = [];
    private readonly IReadOnlyList<string> _inputModalities = [];
    private readonly IReadOnlyList<string> _samplingParameters = [];

    private static readonly HashSet<string> s_known = new(StringComparer.Ordinal)
    {
        "model", "displayName", "type", "profile", "organization", "tags", "categories", "familyName", "familyDisplayName", "price",
        "contextLength", "maxCompletionTokens", "supported_protocols", "input_modalities", "output_modalities",
        "supported_sampling_parameters", "minDuration", "schema", "readme", "display_console", "priority",
    };

    /// <summary>The name to send, in the catalog's spelling.</summary>
    public required string Id { get; init; }

    /// <summary>The name for people.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Text, Image, Video or Audio: it decides where a request is sent.</summary>
    public required string Type { get; init; }

    /// <summary>What it makes, finer than <see cref="Type"/>.</summary>
    public ModelKind Kind { get; init; }

    /// <summary>Who made it, as in the first part of the id.</summary>
    public string? Provider { get; init; }

    /// <summary>What it does, in the service's words.</summary>
    public string? Description { get; init; }

    /// <summary>The family it belongs to.</summary>
    public string? Family { get; init; }

    /// <summary>What it takes and makes, as in TEXT-TO-VIDEO.</summary>
    public IReadOnlyList<string> Categories { get => _categories; init => _categories = ReadOnlyLists.Create(value); }

    /// <summary>Labels such as NEW, HOT, 3D, MUSIC.</summary>
    public IReadOnlyList<string> Tags { get => _tags; init => _tags = ReadOnlyLists.Create(value); }

    /// <summary>What the catalog says it costs; null where it says nothing.</summary>
    public ModelPrice? Price { get; init; }

    /// <summary>Tokens that fit into one conversation; null for media.</summary>
    public long? ContextLength { get; init; }

    /// <summary>The most tokens one answer may have; null for media.</summary>
    public long? MaximumOutputTokens { get; init; }

    /// <summary>The protocols a language model is reached by, the preferred first.</summary>
    public IReadOnlyList<string> Protocols { get => _protocols; init => _protocols = ReadOnlyLists.Create(value); }

    /// <summary>What it takes: text, image, video, audio.</summary>
    public IReadOnlyList<string> InputModalities { get => _inputModalities; init => _inputModalities = ReadOnlyLists.Create(value); }

    /// <summary>The sampling parameters it takes; empty where the catalog does not say.</summary>
    public IReadOnlyList<string> SamplingParameters { get => _samplingParameters; init => _samplingParameters = ReadOnlyLists.Create(value); }

    /// <summary>The shortest length that is billed, in seconds.</summary>
    public decimal? MinimumDuration { get; init; }

    /// <summary>Where its inputs are described.</summary>
    public Uri? SchemaUri { get; init; }

    /// <summary>Where its page is.</summary>
    public Uri? ReadmeUri { get; init; }

    /// <summary>Whether the console hides it. It may still work.</summary>
    public bool IsHidden { get; init; }

    /// <summary>The service's sort order: higher comes first.</summary>
    public long Priority { get; init; }

    /// <summary>What else the catalog says.</summary>
    public OrderedDictionary AdditionalProperties { get; init; } = [];

    /// <summary>The id.</summary>
    public override string ToString() => Id;

    /// <summary>Reads a catalog item; null where it has no id.</summary>
    internal static Model? Read(JsonElement item)
    {
        // What could not be typed or sent is no name; and each name is compared with what a user mistypes.
        if (item.Text("model", "id") is not { Length: <= LongestId } id || id.Any(SafeText.IsUnprintable))
        {
            return null;
        }

        IReadOnlyList<string> tags = item.Member("tags").Texts();
        IReadOnlyList<string> categories = item.Member("categories").Texts();
        string type = TypeOf(item.Text("type"));
        ModelKind kind = ModelKinds.Of(id, type, tags, categories);
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
            Price = ModelPrice.Read(item, kind),
            ContextLength = item.Member("contextLength")?.AsInteger(),
            MaximumOutputTokens = item.Member("maxCompletionTokens")?.AsInteger(),
            Protocols = item.FirstMember("supported_protocols", "supported_apis").Texts(),
            InputModalities = item.Member("input_modalities").Texts(),
            SamplingParameters = item.Member("supported_sampling_parameters").Texts(),
            MinimumDuration = item.Member("minDuration")?.AsDecimal(),
            SchemaUri = UriOf(item, "schema"),
            ReadmeUri = UriOf(item, "readme"),
            IsHidden = item.Member("display_console")?.AsBoolean() == false,
            Priority = item.Member("priority")?.AsInteger() ?? 0,
            AdditionalProperties = JsonValues.ToDictionary(item, name => !s_known.Contains(name)),
        };
    }

    private static string TypeOf(string? type) => type?.ToUpperInvariant() switch
    {
        "TEXT" or "CHAT" => "Text",
        "IMAGE" => "Image",
        "VIDEO" => "Video",
        "AUDIO" => "Audio",
        _ => SafeText.Sanitize(type, length: 40),
    };

    private static Uri? UriOf(JsonElement item, string name) =>
        Uri.TryCreate(item.Text(name), UriKind.Absolute, out Uri? uri) && uri.Scheme is ("https" or "http") ? uri : null;
}
