using System.Text.Json;
using AtlasCloud.Account;
using AtlasCloud.Http;

namespace AtlasCloud;

/// <summary>Money: what is there, what was used, and what it cost.</summary>
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

    /// <summary>What the account can spend.</summary>
    /// <exception cref="AtlasCloudException">The service refuses to tell: team keys may lack the right to (PermissionDenied).</exception>
    public async Task<Balance> GetBalanceAsync(CancellationToken cancellationToken = default)
    {
        ApiCall call = new(HttpMethod.Get, _http.Billing("balance"), "the balance");
        ApiResponse reply = await _http.SendAsync(call, cancellationToken).ConfigureAwait(false);
        JsonElement root = ResponseErrors.JsonOf(reply, call.Description, _http.Key);
        return Balance.Read(root)
            ?? throw new AtlasCloudException(AtlasCloudErrorKind.UnexpectedReply, "The answer about the balance names no amount.") { RequestId = reply.RequestId };
    }

    /// <summary>What was used, the oldest day first. A day without any use has no row.</summary>
    /// <exception cref="AtlasCloudException">While enumerating: the span is empty or the grouping refused (InvalidParameter), or the key may not see it (PermissionDenied).</exception>
    public IAsyncEnumerable<UsageRow> UsageAsync(BillingQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return _usage.ReadAsync(query, cancellationToken);
    }

    /// <summary>What was charged, the oldest day first. A day without any charge has no row.</summary>
    /// <exception cref="AtlasCloudException">While enumerating: the span is empty or the grouping refused (InvalidParameter), or the key may not see it (PermissionDenied).</exception>
    public IAsyncEnumerable<CostRow> CostAsync(BillingQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return _costs.ReadAsync(query, cancellationToken);
    }
}
