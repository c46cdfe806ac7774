using System.Text.Json;
using AtlasCloud.Account;
using AtlasCloud.Http;

namespace AtlasCloud;

/// <summary>The account: balance, usage and costs (API reference, section 16).</summary>
public sealed class AccountResource
{
    private readonly HttpPipeline _http;
    private readonly BillingReader<UsageRow> _usage;
    private readonly BillingReader<CostRow> _costs;

    internal AccountResource(HttpPipeline http, TimeProvider clock)
    {
        _http = http;
        _usage = new BillingReader<UsageRow>(http, clock, "model-usage", "the usage", UsageRow.Read);
        _costs = new BillingReader<CostRow>(http, clock, "model-costs", "the costs", CostRow.Read);
    }

    /// <summary>Returns the balance of the account (API reference, section 16.1).</summary>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="AtlasCloudException">PermissionDenied: the key may not read billing, as is common for team keys. UnexpectedReply: the response contains no amount.</exception>
    public async Task<Balance> GetBalanceAsync(CancellationToken cancellationToken = default)
    {
        ApiCall call = new(HttpMethod.Get, _http.Billing("balance"), "the balance");
        ApiResponse response = await _http.SendAsync(call, cancellationToken).ConfigureAwait(false);
        JsonElement root = ResponseErrors.JsonOf(response, call.Description, _http.Key);
        return Balance.Read(root) ?? throw BillingErrors.NoBalance(response.RequestId);
    }

    /// <summary>Returns the usage by day, the earliest day first (API reference, section 16.2). Days without usage have no row.</summary>
    /// <param name="query">The days, groups and filters.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    /// <exception cref="AtlasCloudException">
    /// Thrown during enumeration. InvalidParameter: the period contains no day (BillingPeriodEmpty), or the service rejected the grouping
    /// (BillingGroupingRejected). PermissionDenied: the key may not read this billing data. UnexpectedReply: the response cannot be read.
    /// </exception>
    public IAsyncEnumerable<UsageRow> ListUsageAsync(BillingQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return _usage.ReadAsync(query, cancellationToken);
    }

    /// <summary>Returns the costs by day, the earliest day first (API reference, section 16.2). Days without costs have no row.</summary>
    /// <param name="query">The days, groups and filters.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    /// <exception cref="AtlasCloudException">As <see cref="ListUsageAsync"/>.</exception>
    public IAsyncEnumerable<CostRow> ListCostsAsync(BillingQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return _costs.ReadAsync(query, cancellationToken);
    }
}
