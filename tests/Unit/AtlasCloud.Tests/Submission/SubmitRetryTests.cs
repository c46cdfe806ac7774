using System.Net.Http.Headers;

namespace AtlasCloud.Tests;

/// <summary>A billable request is sent once, unless it certainly was not accepted.</summary>
public sealed class SubmitRetryTests
{
    private const string Path = "/model/generateImage";
    private static readonly StubReply s_accepted = Fixture.Reply("submit/image-processing.json");

    [Theory]
    [InlineData(HttpRequestError.ResponseEnded)]
    [InlineData(HttpRequestError.Unknown)]
    [InlineData(HttpRequestError.InvalidResponse)]
    public async Task Submit_is_not_retried_when_the_connection_drops(HttpRequestError error)
    {
        StubHandler service = Some.Service().When(Path, StubReply.Fault(error), s_accepted);

        AtlasCloudException unknown = await FailAsync(service);

        Assert.Equal(AtlasCloudErrorKind.SubmitOutcomeUnknown, unknown.Kind);
        Assert.Single(service.SeenAt(Path));
    }

    [Fact]
    public async Task Submit_is_not_retried_when_the_response_is_cut_off()
    {
        StubReply broken = StubReply.Stream(() => new DrippingStream([.. "{\"code\":2"u8], 4, () => new IOException("reset")), "application/json");
        StubHandler service = Some.Service().When(Path, broken, s_accepted);

        Assert.Equal(AtlasCloudErrorKind.SubmitOutcomeUnknown, (await FailAsync(service)).Kind);
        Assert.Single(service.SeenAt(Path));
    }

    [Fact]
    public async Task Submit_is_not_retried_after_a_timeout()
    {
        FakeClock clock = new();
        StubHandler service = Some.Service().When(Path, StubReply.Silence(() => clock.Advance(TimeSpan.FromSeconds(61))), s_accepted);

        Assert.Equal(AtlasCloudErrorKind.SubmitOutcomeUnknown, (await FailAsync(service, clock)).Kind);
        Assert.Single(service.SeenAt(Path));
    }

    [Theory]
    [InlineData("502-cloudflare.html")]
    [InlineData("504-sync-wait.json")]
    [InlineData("plain-text-500.txt")]
    [InlineData("500-internal.json")]
    public async Task Submit_outcome_is_unknown_after_a_gateway_error(string file)
    {
        StubHandler service = Some.Service().When(Path, Fixture.Reply("errors/" + file), s_accepted);

        Assert.Equal(AtlasCloudErrorKind.SubmitOutcomeUnknown, (await FailAsync(service)).Kind);
        Assert.Single(service.SeenAt(Path));
    }

    [Theory]
    [InlineData("""{"code":200,"message":"success","data":null}""")]
    [InlineData("""{"code":504,"msg":"synchronous wait time exceeded","data":null}""")]
    [InlineData("""{"code":200,"data":{"id":"","status":"processing"}}""")]
    [InlineData("""{"code":200,"data":{"task_id":"one","prediction_id":"two","status":"queued"}}""")]
    [InlineData("not json at all")]
    [InlineData("")]
    public async Task Submit_outcome_is_unknown_when_the_response_has_no_valid_ID(string body)
    {
        StubHandler service = Some.Service().When(Path, StubReply.Json(body));

        Assert.Equal(AtlasCloudErrorKind.SubmitOutcomeUnknown, (await FailAsync(service)).Kind);
    }

    [Fact]
    public async Task Unknown_outcome_has_the_reason_OutcomeUnknown()
    {
        StubHandler service = Some.Service().When(Path, StubReply.Fault(HttpRequestError.ResponseEnded));

        Assert.Equal(AtlasCloudErrorReason.OutcomeUnknown, (await FailAsync(service)).Reason);
    }

    [Theory]
    [InlineData("503-unavailable.json", AtlasCloudErrorKind.ServiceUnavailable)]
    [InlineData("402-balance.json", AtlasCloudErrorKind.InsufficientBalance)]
    [InlineData("422-validation.json", AtlasCloudErrorKind.InvalidParameter)]
    public async Task Submit_is_not_retried_after_a_refusal(string file, AtlasCloudErrorKind expected)
    {
        StubHandler service = Some.Service().When(Path, Fixture.Reply("errors/" + file), s_accepted);

        Assert.Equal(expected, (await FailAsync(service)).Kind);
        Assert.Single(service.SeenAt(Path));
    }

    [Fact]
    public async Task Submit_refused_with_429_is_retried_after_the_time_in_Retry_After()
    {
        FakeClock clock = new();
        StubHandler service = Some.Service().When(Path, Fixture.Reply("errors/429-with-retry-after.json"), s_accepted);

        Prediction made = await Some.Client(service, clock).Predictions.CreateAsync(Some.Request(), GenerationKind.Image);

        Assert.Equal(Some.Id, made.Id);
        Assert.Equal(2, service.SeenAt(Path).Count);
        Assert.Contains(TimeSpan.FromSeconds(30), clock.Delays);
    }

    [Fact]
    public async Task Submit_refused_with_429_is_retried_up_to_the_limit()
    {
        StubHandler service = Some.Service().When(Path, Fixture.Reply("errors/429-rate-limit.json"));

        Assert.Equal(AtlasCloudErrorKind.RateLimited, (await FailAsync(service)).Kind);
        Assert.Equal(4, service.SeenAt(Path).Count);
    }

    [Theory]
    [InlineData(HttpRequestError.NameResolutionError)]
    [InlineData(HttpRequestError.ConnectionError)]
    [InlineData(HttpRequestError.SecureConnectionError)]
    [InlineData(HttpRequestError.ProxyTunnelError)]
    public async Task Submit_that_was_never_sent_is_retried_up_to_the_limit(HttpRequestError error)
    {
        StubHandler service = Some.Service().When(Path, StubReply.Fault(error));

        AtlasCloudException failed = await FailAsync(service);

        Assert.Equal(AtlasCloudErrorKind.ConnectionFailed, failed.Kind);
        Assert.Contains("Nothing was submitted", failed.Message, StringComparison.Ordinal);
        Assert.Equal(error == HttpRequestError.SecureConnectionError ? AtlasCloudErrorReason.TlsFailed : AtlasCloudErrorReason.None, failed.Reason);
        Assert.Equal(4, service.SeenAt(Path).Count);
    }

    [Fact]
    public async Task Submit_sends_the_same_bytes_with_each_attempt()
    {
        StubHandler service = Some.Service().When(Path, StubReply.Fault(HttpRequestError.ConnectionError), s_accepted);

        await Some.Client(service).Predictions.CreateAsync(Some.Request(), GenerationKind.Image);

        Assert.Equal(service.SeenAt(Path)[0].Text, service.SeenAt(Path)[1].Text);
        Assert.Equal("application/json", MediaTypeHeaderValue.Parse(service.SeenAt(Path)[1].Header("Content-Type")!).MediaType);
    }

    [Fact]
    public async Task Submit_is_not_retried_if_the_retry_count_is_zero()
    {
        StubHandler service = Some.Service().When(Path, Fixture.Reply("errors/429-rate-limit.json"), s_accepted);
        AtlasCloudOptions options = new() { ApiKey = Some.Key, MaximumRetryCount = 0 };

        await Assert.ThrowsAsync<AtlasCloudException>(() =>
            Some.Client(service, options: options).Predictions.CreateAsync(Some.Request(), GenerationKind.Image));

        Assert.Single(service.SeenAt(Path));
    }

    private static Task<AtlasCloudException> FailAsync(StubHandler service, FakeClock? clock = null) =>
        Assert.ThrowsAsync<AtlasCloudException>(() => Some.Client(service, clock).Predictions.CreateAsync(Some.Request(), GenerationKind.Image));
}
