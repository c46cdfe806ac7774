using System.Collections.Specialized;
using System.Globalization;

namespace AtlasCloud;

/// <summary>What all rows of the bill share: the day, and whose row it is. What a row was not grouped by is null in it.</summary>
public abstract record BillingRow
{
    /// <summary>The day, as midnight UTC.</summary>
    public DateTime Date { get; init; }

    /// <summary>When the day begins.</summary>
    public DateTimeOffset StartAt { get; init; }

    /// <summary>When the day ends; the service says so as the next midnight or as the second before.</summary>
    public DateTimeOffset EndAt { get; init; }

    /// <summary>Up to when the row is complete. Of the running day, later requests are still to come.</summary>
    public DateTimeOffset CoveredUntil { get; init; }

    /// <summary>Whether the day is not over yet or not billed whole.</summary>
    public bool IsPartial { get; init; }

    /// <summary>The model's name, as requests give it.</summary>
    public string? Model { get; init; }

    /// <summary>The bill's own id of the model (ms-...), which several names can share.</summary>
    public string? ModelId { get; init; }

    /// <summary>text, image, video or audio.</summary>
    public string? ModelType { get; init; }

    /// <summary>The public id of the key (ak_...). It opens nothing.</summary>
    public string? ApiKeyId { get; init; }

    /// <summary>What else the service says.</summary>
    public OrderedDictionary AdditionalProperties { get; init; } = [];

    /// <summary>The day and whose row it is.</summary>
    private protected string Caption => string.Join(
        ' ',
        new[] { Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Model ?? ModelType, ApiKeyId }.OfType<string>());

    /// <summary>What was added up into one row: rows that agree in this are one.</summary>
    internal virtual object Key => (Date, Model, ModelId, ModelType, ApiKeyId);

    /// <summary>One row out of this and another one of the same key.</summary>
    internal abstract BillingRow Plus(BillingRow other);

    /// <summary>This row without what it was not asked to tell apart.</summary>
    internal BillingRow GroupedBy(bool model, bool modelType, bool apiKey) => this with
    {
        Model = model ? Model : null,
        ModelId = model ? ModelId : null,
        ModelType = model || modelType ? ModelType : null,
        ApiKeyId = apiKey ? ApiKeyId : null,
    };
}
