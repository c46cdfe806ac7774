using System.Globalization;
using AtlasCloud.Emulation.Http;

namespace AtlasCloud.Emulation.Account;

/// <summary>A query to the billing API, validated by the documented rules of the service.</summary>
internal sealed class BillingRequest
{
    private const int MaximumDays = 180;
    private const int MaximumIds = 100;
    private const int DefaultLimit = 100;
    private const int MaximumLimit = 1000;

    private static readonly string[] s_listParameters = ["group_by", "model_types", "model_ids", "api_key_ids"];
    private static readonly string[] s_modelTypes = ["text", "image", "video", "audio"];

    private readonly QueryString _query;

    private BillingRequest(QueryString query) => _query = query;

    internal DateOnly Start { get; private set; }

    internal DateOnly End { get; private set; }

    internal bool IsAccountScope => _query["scope"] == "account";

    internal bool GroupsByModel => Values("group_by").Contains("model");

    internal bool GroupsByKey => Values("group_by").Contains("api_key");

    internal int Limit { get; private set; } = DefaultLimit;

    internal int Offset { get; private set; }

    /// <summary>Parses and validates a query.</summary>
    internal static (BillingRequest? Request, BillingError? Fault) Read(QueryString query)
    {
        BillingRequest request = new(query);
        BillingError? error = request.CheckDates() ?? request.CheckLists() ?? request.CheckScopeAndPaging();
        return error is null ? (request, null) : (null, error);
    }

    internal bool Matches(BillingLine line) =>
        line.Date >= Start && line.Date < End &&
        (IsAccountScope || line.ApiKeyId != BillingLine.OtherKeyId) &&
        (Values("model_types") is not { Length: > 0 } types || types.Contains(line.Usage.ModelType)) &&
        (Values("model_ids") is not { Length: > 0 } ids || ids.Contains(line.ModelId) || ids.Contains(line.Model)) &&
        (Values("api_key_ids") is not { Length: > 0 } keys || keys.Contains(line.ApiKeyId));

    /// <summary>The cursor of the page that starts at a row.</summary>
    internal string CreateCursor(int offset) => BillingCursor.Write(offset, Fingerprint);

    /// <summary>The part of the query that a cursor is valid for.</summary>
    private string Fingerprint => string.Join(
        '|',
        new[] { _query["start_date"], _query["end_date"], _query["scope"] }.Concat(s_listParameters.SelectMany(Values)));

    private string[] Values(string name) => [.. _query.Values(name + "[]")];

    private BillingError? CheckDates()
    {
        if (ParseDate("start_date") is not { } start)
        {
            return BillingError.InvalidParameter("start_date", "start_date is required as YYYY-MM-DD");
        }

        if (ParseDate("end_date") is not { } end)
        {
            return BillingError.InvalidParameter("end_date", "end_date is required as YYYY-MM-DD");
        }

        (Start, End) = (start, end);
        return end <= start
            ? new BillingError("invalid_date_range", "end_date must be after start_date", "end_date")
            : end.DayNumber - start.DayNumber > MaximumDays
                ? new BillingError("invalid_date_range", "date range must not exceed 180 days", "end_date")
                : null;
    }

    private BillingError? CheckLists()
    {
        foreach (string name in s_listParameters)
        {
            if (Values(name).Concat(_query.Values(name)).Any(value => value.Contains(',', StringComparison.Ordinal)))
            {
                return BillingError.InvalidParameter(name, $"{name}[] must be repeated for each value; comma-separated lists are not supported");
            }
        }

        // As measured on the service; the documentation also lists model_type, which the service rejects.
        if (Values("group_by").FirstOrDefault(group => group is not ("model" or "api_key")) is { } unsupportedGroup)
        {
            return BillingError.InvalidParameter("group_by", $"unsupported group_by: {unsupportedGroup}");
        }

        if (Values("model_types").FirstOrDefault(type => !s_modelTypes.Contains(type)) is { } unsupportedType)
        {
            return BillingError.InvalidParameter("model_types", $"unsupported model type: {unsupportedType}");
        }

        return Values("api_key_ids").Any(id => !id.StartsWith("ak_", StringComparison.Ordinal))
            ? BillingError.InvalidParameter("api_key_ids", "api_key_ids[] must be public key ids")
            : new[] { "model_ids", "api_key_ids" }.FirstOrDefault(name => Values(name).Length > MaximumIds) is { } oversizedList
                ? BillingError.InvalidParameter(oversizedList, $"{oversizedList}[] takes at most 100 values")
                : null;
    }

    private BillingError? CheckScopeAndPaging()
    {
        if (_query["scope"] is not (null or "self" or "account"))
        {
            return BillingError.InvalidParameter("scope", "scope must be self or account");
        }

        if (_query["limit"] is { } text)
        {
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int limit) || limit is < 1 or > MaximumLimit)
            {
                return BillingError.InvalidParameter("limit", "limit must be between 1 and 1000");
            }

            Limit = limit;
        }

        if (_query["page"] is { } page)
        {
            if (BillingCursor.Read(page, Fingerprint) is not { } offset)
            {
                return BillingError.InvalidParameter("page", "page is not a page of this query");
            }

            Offset = offset;
        }

        return null;
    }

    private DateOnly? ParseDate(string name) =>
        DateOnly.TryParseExact(_query[name], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date) ? date : null;
}
