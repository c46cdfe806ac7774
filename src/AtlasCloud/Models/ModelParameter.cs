using System.Collections.Specialized;
using AtlasCloud.Text;

namespace AtlasCloud;

/// <summary>One input of a model, as its schema describes it.</summary>
public sealed record ModelParameter
{
    private readonly IReadOnlyList<object?> _allowedValues = [];
    private readonly IReadOnlyList<object?> _itemAllowedValues = [];
    private readonly IReadOnlyList<ModelParameter> _members = [];

    /// <summary>The model it belongs to.</summary>
    public string? Model { get; init; }

    /// <summary>The member of the request.</summary>
    public required string Name { get; init; }

    /// <summary>string, integer, number, boolean, array or object.</summary>
    public string Type { get; init; } = "string";

    /// <summary>The type of the elements of an array.</summary>
    public string? ItemType { get; init; }

    /// <summary>The values that the elements of an array may have; empty for any.</summary>
    public IReadOnlyList<object?> ItemAllowedValues { get => _itemAllowedValues; init => _itemAllowedValues = ReadOnlyLists.Create(value); }

    /// <summary>The smallest number among the elements of an array.</summary>
    public decimal? ItemMinimum { get; init; }

    /// <summary>The largest number among the elements of an array.</summary>
    public decimal? ItemMaximum { get; init; }

    /// <summary>The members of an object, or of the objects in an array; empty for anything else.</summary>
    public IReadOnlyList<ModelParameter> Members { get => _members; init => _members = ReadOnlyLists.Create(value); }

    /// <summary>The form of a text, such as uri or date-time, where the schema names one.</summary>
    public string? Format { get; init; }

    /// <summary>Image, Video, Audio or Any where it takes media by address, by path or by upload; null for anything else.</summary>
    public string? MediaKind { get; init; }

    /// <summary>Whether a request without it is refused.</summary>
    public bool IsRequired { get; init; }

    /// <summary>The value that the service takes when it is left out.</summary>
    public object? Default { get; init; }

    /// <summary>The values it may have; empty for any.</summary>
    public IReadOnlyList<object?> AllowedValues { get => _allowedValues; init => _allowedValues = ReadOnlyLists.Create(value); }

    /// <summary>What the allowed values mean, where the schema says so.</summary>
    public OrderedDictionary Labels { get; init; } = [];

    /// <summary>The smallest number.</summary>
    public decimal? Minimum { get; init; }

    /// <summary>The largest number.</summary>
    public decimal? Maximum { get; init; }

    /// <summary>The distance between allowed numbers.</summary>
    public decimal? Step { get; init; }

    /// <summary>The shortest text, in characters.</summary>
    public long? MinimumLength { get; init; }

    /// <summary>The longest text, in characters.</summary>
    public long? MaximumLength { get; init; }

    /// <summary>The fewest elements of an array.</summary>
    public long? MinimumCount { get; init; }

    /// <summary>The most elements of an array.</summary>
    public long? MaximumCount { get; init; }

    /// <summary>What it does, in the schema's words.</summary>
    public string? Description { get; init; }

    /// <summary>Whether the service's own web form leaves it out. It works all the same.</summary>
    public bool IsApiOnly { get; init; }

    /// <summary>Whether the schema itself names one type. Where it names none or several, a value is sent in the type that it has.</summary>
    internal bool IsTyped { get; init; } = true;

    /// <summary>The types of which a value may have one, where the schema names several.</summary>
    internal IReadOnlyList<string> Types { get; init; } = [];

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
