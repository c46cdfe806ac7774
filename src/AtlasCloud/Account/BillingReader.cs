using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using AtlasCloud.Http;
using AtlasCloud.Json;

namespace AtlasCloud.Account;

/// <summary>Reads a list of the billing API to its end: in windows as long as the service allows, page by page.</summary>
/// <param name="http">The way to the service.</param>
/// <param name="clock">Says which day it is.</param>
/// <param name="path">The list: model-usage or model-costs.</param>
/// <param name="what">What is asked for, in words.</param>
/// <param name="read">Reads one row; null where it lacks what it is about.</param>
internal sealed class BillingReader<T>(HttpPipeline http, TimeProvider clock, string path, string what, Func<BillingBucket, JsonElement, T?> read)
    where T : BillingRow
{
    /// <summary>The longest span of one request, in days.</summary>
    private const int LongestWindow = 180;

    /// <summary>The most ids in one request.</summary>
    private const int MostIds = 100;

    private const int PageSize = 1000;

    /// <exception cref="AtlasCloudException">The span is empty, or the service refuses.</exception>
    internal async IAsyncEnumerable<T> ReadAsync(BillingQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (query.Until <= query.From)
        {
            throw new AtlasCloudException(
                AtlasCloudErrorKind.InvalidParameter,
                $"There is no day from {Text(query.From)} to before {Text(query.Until)}. Nothing was asked for.");
        }

        // Days to come hold nothing. One is asked for all the same: this machine's clock may be behind.
        DateOnly end = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(2);
        BillingGrouping groups = new(query);
        for (DateOnly from = query.From; from < query.Until && from < end; from = from.AddDays(LongestWindow))
        {
            DateOnly until = Earliest(from.AddDays(LongestWindow), query.Until, end);
            await foreach (T row in WindowAsync(query, groups, from, until, cancellationToken).ConfigureAwait(false))
            {
                yield return row;
            }
        }
    }

    private async IAsyncEnumerable<T> WindowAsync(
        BillingQuery query, BillingGrouping groups, DateOnly from, DateOnly until, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string[][] models = Parts(query.ModelIds);
        string[][] keys = Parts(query.ApiKeyIds);
        bool addsUp = models.Length > 1 || keys.Length > 1 || groups.AddsUp;
        Dictionary<object, int> places = [];
        List<T> sums = [];
        foreach ((string[] modelIds, string[] keyIds) in models.SelectMany(m => keys.Select(k => (m, k))))
        {
            string filter = string.Concat(
                List("group_by", groups.Asked), List("model_types", query.ModelTypes), List("model_ids", modelIds), List("api_key_ids", keyIds));
            string address = $"{path}?start_date={Text(from)}&end_date={Text(until)}&scope={(query.WholeAccount ? "account" : "self")}{filter}&limit={PageSize}";
            await foreach (T row in PagesAsync(address, query, from, until, cancellationToken).ConfigureAwait(false))
            {
                if (!groups.Passes(row))
                {
                    continue;
                }

                if (!addsUp)
                {
                    yield return row;
                    continue;
                }

                T wanted = (T)groups.Shape(row);
                if (places.TryAdd(wanted.Key, sums.Count))
                {
                    sums.Add(wanted);
                }
                else
                {
                    int place = places[wanted.Key];
                    sums[place] = (T)sums[place].Plus(wanted);
                }
            }
        }

        // What came in several answers comes out as one list, the oldest day first.
        foreach (T row in sums.OrderBy(s => s.Date))
        {
            yield return row;
        }
    }

    private async IAsyncEnumerable<T> PagesAsync(
        string address, BillingQuery query, DateOnly from, DateOnly until, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        HashSet<string> cursors = new(StringComparer.Ordinal);
        string page = "";
        while (true)
        {
            JsonElement root = await AskAsync(address + page, query, cancellationToken).ConfigureAwait(false);
            foreach (JsonElement item in root.Member("data").Items())
            {
                BillingBucket bucket = BillingBucket.Read(item) ?? throw Unread("a day without a date");

                // The end is exclusive here, whatever the service makes of it: a day that belongs to the next window is not counted twice.
                foreach (JsonElement result in bucket.Date >= from && bucket.Date < until ? bucket.Results : [])
                {
                    yield return read(bucket, result) ?? throw Unread($"a row of {Text(bucket.Date)} that holds no figures");
                }
            }

            if (root.Member("has_more")?.AsBoolean() != true)
            {
                yield break;
            }

            if (root.Text("next_page") is not string cursor || !cursors.Add(cursor))
            {
                // Going on would read the same rows again for ever. A sum of what was read may be too low, and who reads a bill should know.
                AtlasCloudLog.Warning($"The service says that there is more of {what} between {Text(from)} and {Text(until)}, but does not say how to go on. What is returned may not be all.");
                yield break;
            }

            page = "&page=" + Uri.EscapeDataString(cursor);
        }
    }

    private async Task<JsonElement> AskAsync(string address, BillingQuery query, CancellationToken cancellationToken)
    {
        ApiCall call = new(HttpMethod.Get, http.Billing(address), what);
        ApiResponse reply = await http.SendAsync(call, cancellationToken).ConfigureAwait(false);
        if (BillingErrors.Find(reply, what, query, http.Key) is AtlasCloudException refusal)
        {
            throw refusal;
        }

        JsonElement root = ResponseErrors.JsonOf(reply, what, http.Key);
        return root.Member("data") is JsonElement { ValueKind: JsonValueKind.Array } || root.Member("has_more") is not null
            ? root
            : throw Unread("no list");
    }

    private AtlasCloudException Unread(string found) =>
        new(AtlasCloudErrorKind.UnexpectedReply, $"The answer about {what} cannot be read: it holds {found}.");

    private static string[][] Parts(IReadOnlyList<string> ids) =>
        ids.Count == 0 ? [[]] : [.. ids.Distinct(StringComparer.Ordinal).Chunk(MostIds)];

    private static DateOnly Earliest(DateOnly first, DateOnly second, DateOnly third)
    {
        DateOnly earlier = first < second ? first : second;
        return earlier < third ? earlier : third;
    }

    // Each value has its own name[]=: lists with commas are refused, whatever the printed example of the service says.
    private static string List(string name, IEnumerable<string> values) =>
        string.Concat(values.Select(value => $"&{name}%5B%5D={Uri.EscapeDataString(value)}"));

    private static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
