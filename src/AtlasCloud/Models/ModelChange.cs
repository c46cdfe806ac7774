using AtlasCloud.Text;

namespace AtlasCloud;

/// <summary>One difference between the catalog and the copy of the last refresh.</summary>
public sealed record ModelChange
{
    private readonly IReadOnlyList<string> _inputs = [];

    /// <summary>The model as the catalog lists it now; for a removed one, as the copy lists it.</summary>
    public required Model Model { get; init; }

    /// <summary>The model's ID.</summary>
    public string Id => Model.Id;

    /// <summary>The kind of difference.</summary>
    public required ModelChangeKind Change { get; init; }

    /// <summary>The price in the copy; null if there is none, or if the model is new.</summary>
    public string? Before { get; init; }

    /// <summary>The price in the catalog; null if there is none, or if the model was removed.</summary>
    public string? After { get; init; }

    /// <summary>The inputs that differ: +name was added, -name was removed, ~name accepts other values; empty for other kinds of difference.</summary>
    public IReadOnlyList<string> Inputs { get => _inputs; init => _inputs = ReadOnlyLists.Create(value); }

    /// <summary>Returns the difference on one line.</summary>
    public override string ToString() => Change switch
    {
        ModelChangeKind.PriceChanged => $"{Id}: {Before} is now {After}",
        ModelChangeKind.InputsChanged => $"{Id}: {string.Join(", ", Inputs)}",
        _ => $"{Id}: {Change.ToString().ToLowerInvariant()}",
    };
}
