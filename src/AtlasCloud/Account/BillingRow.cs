using System.Collections.Specialized;
using System.Globalization;
using System.Text.Json;
using AtlasCloud.Account;
using AtlasCloud.Json;

namespace AtlasCloud;

/// <summary>The members that usage and cost rows share: the day, and what the row is grouped by. Members that it is not grouped by are null.</summary>
public abstract record BillingRow
{
    private static readonly HashSet<string> s_sharedMembers = new(StringComparer.Ordinal) { "object", "model_type", "model", "api_key" };

    private protected BillingRow()
    {
    }

    /// <summary>The day, as midnight UTC.</summary>
    public DateTime Date { get; init; }

    /// <summary>The start of the day.</summary>
    public DateTimeOffset StartAt { get; init; }

    /// <summary>The end of the day. The service sends either the next midnight or the second before it.</summary>
    public DateTimeOffset EndAt { get; init; }

    /// <summary>The time up to which the row is complete. Later requests of the current day are not included yet.</summary>
    public DateTimeOffset CoveredUntil { get; init; }

    /// <summary>True if the day is not over or not billed completely.</summary>
    public bool IsPartial { get; init; }

    /// <summary>The model name, as in requests.</summary>
    public string? Model { get; init; }

    /// <summary>The billing ID of the model (ms-…), which several names can share.</summary>
    public string? ModelId { get; init; }

    /// <summary>text, image, video or audio.</summary>
    public string? ModelType { get; init; }

    /// <summary>The public ID of the API key (ak_…), which is not a secret.</summary>
    public string? ApiKeyId { get; init; }

    /// <summary>Members of the row that no property covers.</summary>
    public OrderedDictionary AdditionalProperties { get; init; } = new TextualDictionary();

    /// <summary>The day and what the row is grouped by.</summary>
    private protected string Caption => string.Join(
        ' ',
        new[] { Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Model ?? ModelType, ApiKeyId }.OfType<string>());

    /// <summary>Rows with equal keys are summed up.</summary>
    internal virtual object AggregationKey => (Date, Model, ModelId, ModelType, ApiKeyId);

    /// <summary>Returns the sum of this row and another one with the same key.</summary>
    internal abstract BillingRow Add(BillingRow other);

    /// <summary>Returns the row without the members that it is not grouped by.</summary>
    internal BillingRow GroupedBy(bool model, bool modelType, bool apiKey) => this with
    {
        Model = model ? Model : null,
        ModelId = model ? ModelId : null,
        ModelType = model || modelType ? ModelType : null,
        ApiKeyId = apiKey ? ApiKeyId : null,
    };

    /// <summary>Returns the row with the members that all rows share.</summary>
    /// <param name="bucket">The day.</param>
    /// <param name="result">The row in the response.</param>
    /// <param name="ownMember">The member that this type of row reads itself.</param>
    private protected BillingRow WithShared(BillingBucket bucket, JsonElement result, string ownMember) => this with
    {
        Date = bucket.Midnight,
        StartAt = bucket.StartAt,
        EndAt = bucket.EndAt,
        CoveredUntil = bucket.CoveredUntil,
        IsPartial = bucket.IsPartial,
        Model = result.Member("model")?.Text("name"),
        ModelId = result.Member("model")?.Text("id"),
        ModelType = result.Text("model_type") ?? result.Member("model")?.Text("type"),
        ApiKeyId = result.Member("api_key")?.Text("id"),
        AdditionalProperties = JsonValues.ToDictionary(result, name => name != ownMember && !s_sharedMembers.Contains(name)),
    };
}
