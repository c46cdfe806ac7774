namespace AtlasCloud.Tests;

public sealed class PrefetchTests : IDisposable
{
    private const string OneModel = """{"data":[{"model":"a/b","type":"Image"}]}""";
    private const string SchemaPath = "/model/schema/";

    private static readonly TimeSpan s_maxWait = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan s_hang = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder = new();
    private readonly FakeClock _clock = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task PrefetchSchemaAsync_returns_the_inputs_of_a_model_that_was_never_used()
    {
        StubHandler service = Some.Service();

        ModelSchema? schema = await Client(service).Models.PrefetchSchemaAsync(Some.ImageModel).WaitAsync(s_hang);

        Assert.Contains(schema!.Parameters, p => p.Name == "aspect_ratio");
        Assert.Equal(2, service.Seen.Count);
    }

    [Fact]
    public async Task PrefetchSchemaAsync_waits_for_a_slow_service_for_400_ms_and_later_calls_use_the_cache()
    {
        Gate gate = new();
        StubHandler service = new StubHandler().When(SchemaPath, gate.Before(StubReply.Of(200, Fixture.Bytes("schemas/google-nano-banana-2-text-to-image.json"), "application/json")));
        AtlasCloudClient client = await ClientWithCatalogAsync(service);

        Task<ModelSchema?> first = client.Models.PrefetchSchemaAsync(Some.ImageModel);
        await gate.Arrived.WaitAsync(s_hang);
        Assert.False(first.IsCompleted);
        _clock.Advance(s_maxWait);
        Assert.Null(await first.WaitAsync(s_hang));

        Task<ModelSchema?> second = client.Models.PrefetchSchemaAsync(Some.ImageModel);
        Assert.True(second.IsCompleted, "A second key press waits for the same request again.");
        Assert.Null(await second);

        gate.Open();
        await client.Background.Idle.WaitAsync(s_hang);
        Assert.NotNull(await client.Models.PrefetchSchemaAsync(Some.ImageModel));
        Assert.Single(service.Seen);
    }

    [Fact]
    public async Task PrefetchSchemaAsync_does_not_repeat_a_failure_within_a_minute()
    {
        StubHandler unavailable = new StubHandler().When("/", StubReply.Fault(HttpRequestError.ConnectionError));
        AtlasCloudClient client = await ClientWithCatalogAsync(unavailable);

        Assert.Null(await client.Models.PrefetchSchemaAsync(Some.ImageModel).WaitAsync(s_hang));
        Assert.Null(await client.Models.PrefetchSchemaAsync(Some.ImageModel).WaitAsync(s_hang));
        Assert.Single(unavailable.Seen);

        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(await client.Models.PrefetchSchemaAsync(Some.ImageModel).WaitAsync(s_hang));
        Assert.Equal(2, unavailable.Seen.Count);
    }

    [Fact]
    public async Task PrefetchSchemaAsync_sends_no_request_for_a_name_that_a_fresh_catalog_lacks()
    {
        StubHandler service = new();
        AtlasCloudClient client = await ClientWithCatalogAsync(service);

        Assert.Null(await client.Models.PrefetchSchemaAsync("no/such-model").WaitAsync(s_hang));
        Assert.Empty(service.Seen);
    }

    [Fact]
    public async Task PrefetchSchemaAsync_refreshes_a_stale_catalog_that_lacks_the_model()
    {
        await Client(new StubHandler(StubReply.Json(OneModel))).Models.ListAsync();
        _clock.Advance(TimeSpan.FromHours(1));
        StubHandler service = Some.Service();

        Assert.NotNull(await Client(service).Models.PrefetchSchemaAsync(Some.ImageModel).WaitAsync(s_hang));
        Assert.Equal(2, service.Seen.Count);
    }

    [Fact]
    public async Task PrefetchSchemaAsync_requests_a_model_without_published_inputs_once()
    {
        StubHandler service = Some.Service();
        AtlasCloudClient client = Client(service);

        Assert.Null(await client.Models.PrefetchSchemaAsync("xai/tts-v1").WaitAsync(s_hang));
        Assert.Null(await client.Models.PrefetchSchemaAsync("xai/tts-v1").WaitAsync(s_hang));
        Assert.Single(service.SeenAt(SchemaPath));
    }

    [Fact]
    public async Task PrefetchAsync_waits_for_a_slow_service_for_400_ms_and_later_calls_use_the_cache()
    {
        Gate gate = new();
        StubHandler service = new(gate.Before(StubReply.Json(OneModel)));
        AtlasCloudClient client = Client(service);

        Task<IReadOnlyList<Model>> first = client.Models.PrefetchAsync();
        await gate.Arrived.WaitAsync(s_hang);
        _clock.Advance(s_maxWait);
        Assert.Empty(await first.WaitAsync(s_hang));

        gate.Open();
        await client.Background.Idle.WaitAsync(s_hang);
        Assert.Equal("a/b", Assert.Single(await client.Models.PrefetchAsync()).Id);
        Assert.Single(service.Seen);
    }

    [Fact]
    public async Task Disposal_cancels_a_prefetch_and_waits_until_it_has_ended()
    {
        Gate gate = new();
        StubHandler service = new(gate.Before(StubReply.Json(OneModel)));
        AtlasCloudClient client = Client(service);
        Task<ModelSchema?> prefetch = client.Models.PrefetchSchemaAsync(Some.ImageModel);
        await gate.Arrived.WaitAsync(s_hang);

        await client.DisposeAsync();

        Assert.True(client.Background.Idle.IsCompletedSuccessfully);
        Assert.Null(await prefetch.WaitAsync(s_hang));
        Assert.Null(await client.Models.PrefetchSchemaAsync(Some.ImageModel).WaitAsync(s_hang));
        Assert.Single(service.Seen);
    }

    [Fact]
    public async Task QueueSchemaRefresh_requests_missing_inputs_while_the_catalog_is_refreshed()
    {
        await Client(Some.Service()).Models.ListAsync();
        _clock.Advance(TimeSpan.FromHours(1));
        Gate gate = new();
        StubHandler service = new StubHandler()
            .When("/api/v1/models", gate.Before(StubReply.Json(OneModel)))
            .When(SchemaPath, StubReply.Of(200, Fixture.Bytes("schemas/google-nano-banana-2-text-to-image.json"), "application/json"));
        AtlasCloudClient client = Client(service);
        client.Models.QueueRefresh();
        await gate.Arrived.WaitAsync(s_hang);

        Model model = client.Models.FindCached(Some.ImageModel)!;
        client.Models.QueueSchemaRefresh(model);
        gate.Open();
        await client.Background.Idle.WaitAsync(s_hang);

        Assert.NotNull(client.Models.GetCachedSchema(model));
        Assert.Single(service.SeenAt(SchemaPath));
    }

    private async Task<AtlasCloudClient> ClientWithCatalogAsync(StubHandler handler)
    {
        await Client(Some.Service()).Models.ListAsync();
        return Client(handler);
    }

    private AtlasCloudClient Client(StubHandler handler) =>
        _folder.Own(Some.Client(handler, _clock, new AtlasCloudOptions { ApiKey = Some.Key, CacheFolder = _folder.Path }));

    /// <summary>Holds a response back until the test opens it.</summary>
    private sealed class Gate
    {
        private readonly TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal Task Arrived => _arrived.Task;

        internal void Open() => _open.SetResult();

        internal StubReply Before(StubReply reply) => new(async (request, cancellationToken) =>
        {
            _arrived.TrySetResult();
            await _open.Task.WaitAsync(cancellationToken);
            return await reply.AnswerAsync(request, cancellationToken);
        });
    }
}
