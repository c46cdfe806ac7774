using System.Globalization;
using System.Net;
using AtlasCloud.Http;

namespace AtlasCloud.Tests;

/// <summary>Each recorded error response.</summary>
public sealed class ErrorFixtureTests
{
    private static readonly Dictionary<string, string> s_expected = new(StringComparer.Ordinal)
    {
        ["400-bare.json"] = "InvalidParameter 400 bad request",
        ["400-msg.json"] = "InvalidParameter 400 model is required",
        ["400-price-expression.json"] = "ModelNotFound 400 failed to evaluate price: expression compile failed",
        ["400-retention-header.json"] = "InvalidParameter 400 invalid X-AtlasCloud-Object-Expiration-Hours",
        ["400-router-not-found.json"] = "ModelNotFound 400 router not found",
        ["400-webhook-url.json"] = "InvalidParameter 400 webhook_url must be a public https URL",
        ["401-error-string.json"] = "Authentication 401 unauthorized",
        ["401-message.json"] = "Authentication 401 unauthorized",
        ["401-msg.json"] = "Authentication 401 unauthorized",
        ["402-balance.json"] = "InsufficientBalance 402 insufficient balance",
        ["402-coding-plan.json"] = "InsufficientBalance 402 coding plan quota exhausted",
        ["403-cloudflare-1010.html"] = "PermissionDenied 403 Access denied | api.atlascloud.ai used Cloudflare to restrict access",
        ["403-forbidden.json"] = "PermissionDenied 403 this API key is not permitted to use the model",
        ["404-model.json"] = "ModelNotFound 404 model not found",
        ["413-too-large.json"] = "PayloadTooLarge 413 request body exceeds 50 MB",
        ["422-validation.json"] = "InvalidParameter 422 validation failed: duration must be one of 5, 10, 15",
        ["429-rate-limit.json"] = "RateLimited 429 rate limit exceeded",
        ["429-with-retry-after.json"] = "RateLimited 429 slow down after 30 s",
        ["451-region.json"] = "RegionBlocked 451 this service is not available in your region",
        ["500-internal.json"] = "ServiceUnavailable 500 internal server error",
        ["502-cloudflare.html"] = "ServiceUnavailable 502 api.atlascloud.ai | 502: Bad gateway",
        ["503-unavailable.json"] = "ServiceUnavailable 503 service temporarily unavailable",
        ["504-sync-wait.json"] = "ServiceUnavailable 504 synchronous wait time exceeded",
        ["anthropic-style.json"] = "InvalidParameter 400 max_tokens: Field required",
        ["gemini-style.json"] = "InvalidParameter 400 Invalid JSON payload received.",
        ["openai-style.json"] = "InvalidParameter 400 Unsupported parameter: 'logprobs'",
        ["plain-text-500.txt"] = "ServiceUnavailable 500 upstream connect error or disconnect/reset before headers",
        ["public-400-budget-percent.json"] = "InvalidParameter 400 usage_alert_percent requires a positive monthly_limit",
        ["public-400-date-range.json"] = "InvalidParameter 400 end_date must be after start_date",
        ["public-401-management.json"] = "Authentication 401 Invalid management API key",
        ["public-401.json"] = "Authentication 401 Invalid API key",
        ["public-403-insufficient-scope.json"] = "PermissionDenied 403 The access token does not carry the required scope",
        ["public-403.json"] = "PermissionDenied 403 account-level billing read permission required",
        ["public-404-api-key.json"] = "PredictionNotFound 404 API key not found",
        ["public-409-name-taken.json"] = "Conflict 409 An API key with this name already exists",
        ["public-409-project-limit.json"] = "Conflict 409 The team has reached the limit of 20 active projects",
    };

    /// <summary>The kind of the error for a request that is not billable.</summary>
    internal static AtlasCloudErrorKind KindOf(string file) => Enum.Parse<AtlasCloudErrorKind>(s_expected[file].Split(' ')[0]);

    public static TheoryData<string> Files => Fixture.Files("errors");

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Each_recorded_error_is_reported_with_the_services_message(string file)
    {
        Assert.True(s_expected.TryGetValue(file, out string? expected), $"errors/{file} has no expectation.");
        ApiResponse reply = await Some.Pipeline(new StubHandler(Fixture.Reply("errors/" + file))).SendAsync(Some.Read() with { RetryPolicy = RetryPolicy.Never }, Some.NoStop);

        AtlasCloudException found = ResponseErrors.Find(reply, "a thing", Some.Key)!;

        string after = found.RetryAfter is TimeSpan wait ? string.Create(CultureInfo.InvariantCulture, $" after {wait.TotalSeconds} s") : "";
        Assert.Equal(expected, $"{found.Kind} {(int)found.Status!} {found.ServerMessage}{after}");
    }

    [Fact]
    public void RequestId_is_read_from_the_body_if_no_header_has_it() =>
        Assert.Equal("req_20260826091502", ResponseErrors.Find(Fixture.HttpReply("errors/400-msg.json"), "a thing", null)!.RequestId);

    [Fact]
    public void RequestId_of_the_header_takes_precedence()
    {
        ApiResponse reply = new(HttpStatusCode.BadRequest, Fixture.Bytes("errors/400-msg.json"), requestId: "req_header");

        Assert.Equal("req_header", ResponseErrors.Find(reply, "a thing", null)!.RequestId);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Error_message_names_the_requested_resource(string file)
    {
        AtlasCloudException found = ResponseErrors.Find(Fixture.HttpReply("errors/" + file), "the balance", Some.Key)!;

        Assert.Contains("the balance", found.Message, StringComparison.Ordinal);
    }
}
