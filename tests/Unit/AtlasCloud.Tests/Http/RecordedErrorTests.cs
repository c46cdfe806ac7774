namespace AtlasCloud.Tests;

/// <summary>Each recorded error as the response to a submit, a poll, a download and a chat request: the reported error and the cost.</summary>
public sealed class RecordedErrorTests
{
    // Errors of a gateway, or of a service that does not know the outcome.
    private static readonly string[] s_tellsNothing = ["500-internal.json", "502-cloudflare.html", "504-sync-wait.json", "plain-text-500.txt", "public-409-name-taken.json", "public-409-project-limit.json"];

    public static TheoryData<string> Files => Fixture.Files("errors");

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Refused_submit_costs_nothing_and_an_unclear_one_stays_reserved(string file)
    {
        StubHandler service = Some.Service()
            .When("/model/calculate", Fixture.Reply("calculate/flat.json")).When("/model/history", Fixture.Reply("history/empty.json"))
            .When("/model/generate", Fixture.Reply("errors/" + file));
        AtlasCloudClient client = Some.Client(service, options: new AtlasCloudOptions { ApiKey = Some.Key, Budget = 1m });

        AtlasCloudException refused = await Assert.ThrowsAsync<AtlasCloudException>(() => client.Predictions.CreateAsync(Some.Request(), GenerationKind.Image));

        bool isUnclear = s_tellsNothing.Contains(file);
        Assert.Equal(isUnclear ? AtlasCloudErrorKind.SubmitOutcomeUnknown : ErrorFixtureTests.KindOf(file), refused.Kind);
        Assert.Equal((0m, isUnclear ? 0.08m : 0m), (client.Budget.Spent, client.Budget.Reserved));
        Assert.Equal(refused.Kind == AtlasCloudErrorKind.RateLimited ? 4 : 1, service.SeenAt("/model/generate").Count);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Refused_poll_ends_the_wait_only_if_the_refusal_is_permanent(string file)
    {
        StubHandler service = new StubHandler().When("/public/v1/balance", Fixture.Reply("billing/balance-live.json"));
        bool isFinal = Fixture.Status("errors/" + file) is 400 or 402 or 403 or 404 or 422 or 451;
        StubReply refusal = Fixture.Reply("errors/" + file);
        service = isFinal ? service.When("/model/", refusal) : service.When("/model/", refusal, Some.Completed());
        Prediction running = Some.Prediction();

        Task<Prediction> waiting = Some.Client(service).Predictions.WaitAsync(running);

        if (!isFinal)
        {
            Assert.Equal(PredictionState.Succeeded, (await waiting).State);
            return;
        }

        AtlasCloudException refused = await Assert.ThrowsAsync<AtlasCloudException>(() => waiting);
        Assert.Equal(Fixture.Status("errors/" + file) == 404 ? AtlasCloudErrorKind.PredictionNotFound : ErrorFixtureTests.KindOf(file), refused.Kind);
        Assert.Same(running, refused.Target);
        Assert.DoesNotContain(service.Seen, r => r.Method == HttpMethod.Post);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Refused_download_leaves_no_file(string file)
    {
        using TemporaryFolder folder = new();
        StubHandler host = new StubHandler().When("/", Fixture.Reply("errors/" + file));

        AtlasCloudException refused = await Assert.ThrowsAsync<AtlasCloudException>(() => OutputResourceTests.SaveAsync(folder, host));

        Assert.Equal(AtlasCloudErrorKind.DownloadIncomplete, refused.Kind);
        Assert.Empty(folder.Names);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Error_body_with_HTTP_200_leaves_no_file(string file)
    {
        using TemporaryFolder folder = new();
        StubHandler host = new StubHandler().When("/", StubReply.Of(200, Fixture.Bytes("errors/" + file), "image/png"));

        Output picture = new() { Value = "x", Uri = new Uri("https://storage.atlascloud.ai/a"), Kind = MediaKind.Image };

        AtlasCloudException refused = await Assert.ThrowsAsync<AtlasCloudException>(() => Some.Client(host).Outputs.SaveAsync(picture, folder.Path, "name"));

        Assert.Equal(AtlasCloudErrorKind.DownloadIncomplete, refused.Kind);
        Assert.Empty(folder.Names);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Refused_chat_request_is_retried_only_after_429(string file)
    {
        StubHandler service = SomeChat.Service(Fixture.Reply("errors/" + file));

        AtlasCloudException refused = await Assert.ThrowsAsync<AtlasCloudException>(() => Some.Client(service).Chat.CompleteAsync(SomeChat.Request()));

        AtlasCloudErrorKind kind = ErrorFixtureTests.KindOf(file);
        Assert.Equal(kind == AtlasCloudErrorKind.PredictionNotFound ? AtlasCloudErrorKind.ModelNotFound : kind, refused.Kind);
        Assert.Equal(refused.Kind == AtlasCloudErrorKind.RateLimited ? 4 : 1, SomeChat.Questions(service).Count);
    }
}
