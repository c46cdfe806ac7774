using System.Globalization;
using AtlasCloud.Emulation.Http;

namespace AtlasCloud.Emulation.Account;

/// <summary>A question to the billing API, checked by the rules that the service prints.</summary>
internal sealed class BillingRequest
{
    private const int LongestSpan = 180;
    private const int MostIds = 100;
    private const int UsualLimit = 100;
    private const int HighestLimit = 1000;

    private static readonly string[] s_lists = ["group_by", "model_types", "model_ids", "api_key_ids"];
    private static readonly string[] s_types = ["text", "image", "video", "audio"];

    private readonly QueryString _query;

    private BillingRequest(QueryString query) => _query = query;

    internal DateOnly Start { get; private set; }

    internal DateOnly End { get; private set; }

    internal bool WholeAccount => _query["scope"] == "account";

    internal bool ByModel => All("group_by").Contains("model");

    internal bool ByKey => All("group_by").Contains("api_key");

    internal int Limit { get; private set; } = UsualLimit;

    internal int Offset { get; private set; }

    /// <summary>Reads a question, or says what is wrong with it.</summary>
    internal static (BillingRequest? Request, BillingFault? Fault) Read(QueryString query)
    {
        BillingRequest request = new(query);
        BillingFault? fault = request.CheckDates() ?? request.CheckLists() ?? request.CheckRest();
        return fault is null ? (request, null) : (null, fault);
    }

    internal bool Takes(BillingLine line) =>
        line.Date >= Start && line.Date < End &&
        (WholeAccount || line.ApiKeyId == BillingLine.OwnKey) &&
        (All("model_types") is not { Length: > 0 } types || types.Contains(line.Use.ModelType)) &&
        (All("model_ids") is not { Length: > 0 } ids || ids.Contains(line.ModelId) || ids.Contains(line.Model)) &&
        (All("api_key_ids") is not { Length: > 0 } keys || keys.Contains(line.ApiKeyId));

    /// <summary>The name of the page that begins at a row.</summary>
    internal string Cursor(int offset) => BillingCursor.Write(offset, Fingerprint);

    /// <summary>What a cursor belongs to: a page is a page of one question.</summary>
    private string Fingerprint => string.Join(
        '|',
        new[] { _query["start_date"], _query["end_date"], _query["scope"] }.Concat(s_lists.SelectMany(All)));

    private string[] All(string name) => [.. _query.All(name + "[]")];

    private BillingFault? CheckDates()
    {
        if (DateOf("start_date") is not { } start)
        {
            return BillingFault.Of("start_date", "start_date is required as YYYY-MM-DD");
        }

        if (DateOf("end_date") is not { } end)
        {
            return BillingFault.Of("end_date", "end_date is required as YYYY-MM-DD");
        }

        (Start, End) = (start, end);
        return end <= start
            ? new BillingFault("invalid_date_range", "end_date must be after start_date", "end_date")
            : end.DayNumber - start.DayNumber > LongestSpan
                ? new BillingFault("invalid_date_range", "date range must not exceed 180 days", "end_date")
                : null;
    }

    private BillingFault? CheckLists()
    {
        foreach (string name in s_lists)
        {
            if (All(name).Concat(_query.All(name)).Any(value => value.Contains(',', StringComparison.Ordinal)))
            {
                return BillingFault.Of(name, $"{name}[] must be repeated for each value; comma-separated lists are not supported");
            }
        }

        // As found on the service, and not as printed: the type of a model is no group.
        if (All("group_by").FirstOrDefault(group => group is not ("model" or "api_key")) is { } other)
        {
            return BillingFault.Of("group_by", $"unsupported group_by: {other}");
        }

        if (All("model_types").FirstOrDefault(type => !s_types.Contains(type)) is { } strange)
        {
            return BillingFault.Of("model_types", $"unsupported model type: {strange}");
        }

        return All("api_key_ids").Any(id => !id.StartsWith("ak_", StringComparison.Ordinal))
            ? BillingFault.Of("api_key_ids", "api_key_ids[] must be public key ids")
            : new[] { "model_ids", "api_key_ids" }.FirstOrDefault(name => All(name).Length > MostIds) is { } crowded
                ? BillingFault.Of(crowded, $"{crowded}[] takes at most 100 values")
                : null;
    }

    private BillingFault? CheckRest()
    {
        if (_query["scope"] is not (null or "self" or "account"))
        {
            return BillingFault.Of("scope", "scope must be self or account");
        }

        if (_query["limit"] is { } text)
        {
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int limit) || limit is < 1 or > HighestLimit)
            {
                return BillingFault.Of("limit", "limit must be between 1 and 1000");
            }

            Limit = limit;
        }

        if (_query["page"] is { } page)
        {
            if (BillingCursor.Read(page, Fingerprint) is not { } offset)
            {
                return BillingFault.Of("page", "page is not a page of this query");
            }

            Offset = offset;
        }

        return null;
    }

    private DateOnly? DateOf(string name) =>
        DateOnly.TryParseExact(_query[name], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date) ? date : null;
}
