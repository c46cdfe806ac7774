using System.Text.Json;
using AtlasCloud.Http;

namespace AtlasCloud;

/// <summary>Money: what is there.</summary>
public sealed class AccountResource
{
    private readonly HttpPipeline _http;

    internal AccountResource(HttpPipeline http) => _http = http;

    /// <summary>What the account can spend.</summary>
    /// <exception cref="AtlasCloudException">The service refuses to tell: team keys may lack the right to (PermissionDenied).</exception>
    public async Task<Balance> GetBalanceAsync(CancellationToken cancellationToken = default)
    {
        Call call = new(HttpMethod.Get, _http.Billing("balance"), "the balance");
        HttpReply reply = await _http.SendAsync(call, cancellationToken).ConfigureAwait(false);
        JsonElement root = ReplyErrors.JsonOf(reply, call.What, _http.Key);
        return Balance.Read(root)
            ?? throw new AtlasCloudException(AtlasCloudErrorKind.UnexpectedReply, "The answer about the balance names no amount.") { RequestId = reply.RequestId };
    }
}
