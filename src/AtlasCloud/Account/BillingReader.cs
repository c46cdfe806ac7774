using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using AtlasCloud.Http;
using AtlasCloud.Json;

namespace AtlasCloud.Account;

/// <summary>Reads a list of the billing API completely: in periods of the maximum length that the service allows, page by page.</summary>
/// <param name="http">Sends the requests.</param>
/// <param name="clock">Provides the current day.</param>
/// <param name="path">The list: model-usage or model-costs.</param>
/// <param name="description">What is requested, for messages.</param>
/// <param name="read">Reads one row; returns null if it contains no figures.</param>
internal sealed class BillingReader<T>(HttpPipeline http, TimeProvider clock, string path, string description, Func<BillingBucket, JsonElement, T?> read)
    where T : BillingRow
{
    // The limits of the service.
    private const int MaxDaysPerRequest = 180;
    private const int MaxIdsPerRequest = 100;
    private const int PageSize = 1000;

    /// <summary>Returns the rows of a query, the earliest day first.</summary>
    /// <exception cref="AtlasCloudException">The period is empty, the service rejected the request, or a response cannot be read.</exception>
    internal async IAsyncEnumerable<T> ReadAsync(BillingQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (query.Until <= query.From)
        {
            throw BillingErrors.EmptyPeriod(query.From, query.Until);
        }

        // Future days have no rows. Tomorrow is requested nevertheless, since the local clock may be slow.
        DateOnly end = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(2);
        BillingGrouping grouping = new(query);
        for (DateOnly from = query.From; from < query.Until && from < end; from = from.AddDays(MaxDaysPerRequest))
        {
            DateOnly until = Min(from.AddDays(MaxDaysPerRequest), query.Until, end);
            await foreach (T row in ReadWindowAsync(query, grouping, from, until, cancellationToken).ConfigureAwait(false))
            {
                yield return row;
            }
        }
    }

    private async IAsyncEnumerable<T> ReadWindowAsync(
        BillingQuery query, BillingGrouping grouping, DateOnly from, DateOnly until, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string[][] models = SplitIds(query.ModelIds);
        string[][] keys = SplitIds(query.ApiKeyIds);
        bool aggregate = models.Length > 1 || keys.Length > 1 || grouping.NeedsAggregation;
        Dictionary<object, int> indexes = [];
        List<T> sums = [];
        foreach ((string[] modelIds, string[] keyIds) in models.SelectMany(m => keys.Select(k => (m, k))))
        {
            string filter = string.Concat(
                FormatList("group_by", grouping.RequestedGroups), FormatList("model_types", query.ModelTypes), FormatList("model_ids", modelIds), FormatList("api_key_ids", keyIds));
            string address = $"{path}?start_date={FormatDate(from)}&end_date={FormatDate(until)}&scope={(query.IsAccountWide ? "account" : "self")}{filter}&limit={PageSize}";
            await foreach (T row in ReadPagesAsync(address, query, from, until, cancellationToken).ConfigureAwait(false))
            {
                if (!grouping.Matches(row))
                {
                    continue;
                }

                if (!aggregate)
                {
                    yield return row;
                    continue;
                }

                T regrouped = (T)grouping.Regroup(row);
                if (indexes.TryAdd(regrouped.AggregationKey, sums.Count))
                {
                    sums.Add(regrouped);
                }
                else
                {
                    int index = indexes[regrouped.AggregationKey];
                    sums[index] = (T)sums[index].Add(regrouped);
                }
            }
        }

        foreach (T row in sums.OrderBy(s => s.Date))
        {
            yield return row;
        }
    }

    private async IAsyncEnumerable<T> ReadPagesAsync(
        string address, BillingQuery query, DateOnly from, DateOnly until, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        HashSet<string> cursors = new(StringComparer.Ordinal);
        string page = "";
        while (true)
        {
            JsonElement root = await GetPageAsync(address + page, query, cancellationToken).ConfigureAwait(false);
            foreach (JsonElement item in root.Member("data").Items())
            {
                BillingBucket bucket = BillingBucket.Read(item) ?? throw BillingErrors.Unreadable(description, "a day without a date");

                // A day that the service returns beyond the exclusive end belongs to the next period and must not count twice.
                foreach (JsonElement result in bucket.Date >= from && bucket.Date < until ? bucket.Results : [])
                {
                    yield return read(bucket, result) ?? throw BillingErrors.Unreadable(description, $"a row of {FormatDate(bucket.Date)} without figures");
                }
            }

            if (root.Member("has_more")?.AsBoolean() != true)
            {
                yield break;
            }

            if (root.Text("next_page") is not string cursor || !cursors.Add(cursor))
            {
                // The cursor is missing or repeats, so another request would return the same rows again.
                AtlasCloudLog.Warning($"The service reports more {(path == "model-usage" ? "usage" : "cost")} rows from {FormatDate(from)} to {FormatDate(until)} but returned no cursor for the next page. The result may be incomplete.");
                yield break;
            }

            page = "&page=" + Uri.EscapeDataString(cursor);
        }
    }

    private async Task<JsonElement> GetPageAsync(string address, BillingQuery query, CancellationToken cancellationToken)
    {
        ApiCall call = new(HttpMethod.Get, http.Billing(address), description);
        ApiResponse response = await http.SendAsync(call, cancellationToken).ConfigureAwait(false);
        if (BillingErrors.Find(response, description, query, http.Key) is AtlasCloudException failure)
        {
            throw failure;
        }

        JsonElement root = ResponseErrors.JsonOf(response, description, http.Key);
        return root.Member("data") is JsonElement { ValueKind: JsonValueKind.Array } || root.Member("has_more") is not null
            ? root
            : throw BillingErrors.Unreadable(description, "no list");
    }

    private static string[][] SplitIds(IReadOnlyList<string> ids) =>
        ids.Count == 0 ? [[]] : [.. ids.Distinct(StringComparer.Ordinal).Chunk(MaxIdsPerRequest)];

    private static DateOnly Min(DateOnly first, DateOnly second, DateOnly third)
    {
        DateOnly earlier = first < second ? first : second;
        return earlier < third ? earlier : third;
    }

    // Each value has its own name[]=. The service rejects comma-separated lists, although its documentation shows one.
    private static string FormatList(string name, IEnumerable<string> values) =>
        string.Concat(values.Select(value => $"&{name}%5B%5D={Uri.EscapeDataString(value)}"));

    private static string FormatDate(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
