using System.Collections.Specialized;
using AtlasCloud.Json;
using AtlasCloud.Text;

namespace AtlasCloud;

/// <summary>One input of a model, as its schema describes it (API reference, section 13).</summary>
public sealed record ModelParameter
{
    private readonly IReadOnlyList<object?> _allowedValues = ReadOnlyLists.Empty<object?>();
    private readonly IReadOnlyList<object?> _itemAllowedValues = ReadOnlyLists.Empty<object?>();
    private readonly IReadOnlyList<ModelParameter> _members = ReadOnlyLists.Empty<ModelParameter>();

    /// <summary>The ID of the model; null if the schema was read without one.</summary>
    public string? Model { get; init; }

    /// <summary>The name of the member in the request body.</summary>
    public required string Name { get; init; }

    /// <summary>string, integer, number, boolean, array or object.</summary>
    public string Type { get; init; } = "string";

    /// <summary>The type of the elements of an array; null for anything else or if the schema does not say.</summary>
    public string? ItemType { get; init; }

    /// <summary>The allowed values of the elements of an array; empty for any.</summary>
    public IReadOnlyList<object?> ItemAllowedValues { get => _itemAllowedValues; init => _itemAllowedValues = ReadOnlyLists.Create(value); }

    /// <summary>The minimum of the elements of an array; null for none.</summary>
    public decimal? ItemMinimum { get; init; }

    /// <summary>The maximum of the elements of an array; null for none.</summary>
    public decimal? ItemMaximum { get; init; }

    /// <summary>The members of an object, or of the objects in an array; empty for anything else.</summary>
    public IReadOnlyList<ModelParameter> Members { get => _members; init => _members = ReadOnlyLists.Create(value); }

    /// <summary>The format of a string, such as uri or date-time; null if the schema names none.</summary>
    public string? Format { get; init; }

    /// <summary>The kind of media that the input takes: Image, Video, Audio or Any; null if it takes none.</summary>
    public string? MediaKind { get; init; }

    /// <summary>True if a request without the input is rejected.</summary>
    public bool IsRequired { get; init; }

    /// <summary>The value that the service uses by default; null if there is none.</summary>
    public object? Default { get; init; }

    /// <summary>The allowed values; empty for any.</summary>
    public IReadOnlyList<object?> AllowedValues { get => _allowedValues; init => _allowedValues = ReadOnlyLists.Create(value); }

    /// <summary>Whether a string can hold several of the allowed values, joined by commas. The service prices each of them.</summary>
    public bool AllowsMultiple { get; init; }

    /// <summary>The labels of allowed values, by value; empty if the schema has none.</summary>
    public OrderedDictionary Labels { get; init; } = new TextualDictionary();

    /// <summary>The minimum of a number; null for none.</summary>
    public decimal? Minimum { get; init; }

    /// <summary>The maximum of a number; null for none.</summary>
    public decimal? Maximum { get; init; }

    /// <summary>The distance between allowed numbers; null for any.</summary>
    public decimal? Step { get; init; }

    /// <summary>The minimum length of a string, in characters; null for none.</summary>
    public long? MinimumLength { get; init; }

    /// <summary>The maximum length of a string, in characters; null for none.</summary>
    public long? MaximumLength { get; init; }

    /// <summary>The minimum number of elements of an array; null for none.</summary>
    public long? MinimumCount { get; init; }

    /// <summary>The maximum number of elements of an array; null for none.</summary>
    public long? MaximumCount { get; init; }

    /// <summary>The description in the schema; null if there is none.</summary>
    public string? Description { get; init; }

    /// <summary>True if the service's web form hides the input. The API accepts it.</summary>
    public bool IsApiOnly { get; init; }

    /// <summary>True if the schema names exactly one type. Otherwise a value is sent in the type that it has.</summary>
    internal bool IsTyped { get; init; } = true;

    /// <summary>All types that the schema names.</summary>
    internal IReadOnlyList<string> Types { get; init; } = [];

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
