using AtlasCloud.Predictions;
using AtlasCloud.Submission;

namespace AtlasCloud.Tests.Journals;

/// <summary>The decision about one open request, from one search of the history.</summary>
public sealed class RecoveryDecisionTests
{
    private static readonly DateTimeOffset s_sent = new(2026, 8, 26, 9, 15, 0, TimeSpan.Zero);
    private static readonly OpenRequest s_request = new("entry", "digest") { Model = "a/b", SentAt = s_sent, ClockOffset = TimeSpan.Zero, IsOwnAccount = true };
    private static readonly DateTimeOffset s_now = s_sent.AddDays(2);

    private static readonly KnownRequests s_known = Know(s_request);

    // Shows a known request of the same time, and reaches back beyond it.
    private static readonly HistoryReading s_proof = new()
    {
        Tasks = [Task("known", "other", 30), Task("old", "older", -3600)],
        IsDocumented = true,
        ServiceTime = s_now,
        ClockOffset = TimeSpan.Zero,
    };

    [Fact]
    public void Request_is_not_accepted_if_everything_is_proven() => Assert.Equal(RecoveryOutcome.NotAccepted, Decide(s_proof).Outcome);

    public static TheoryData<string> Doubts => ["problem", "undocumented", "unidentified", "unreadable", "unknown task", "no witness", "witness too far", "witness at another time", "short",
        "other key", "unknown key", "no service time", "young by the service", "young here", "same content", "no time", "unknown clock", "missing known task"];

    [Theory]
    [MemberData(nameof(Doubts))]
    public void Request_stays_open_if_one_part_of_the_proof_is_missing(string doubt)
    {
        HistoryReading reading = s_proof;
        OpenRequest request = s_request;
        DateTimeOffset now = s_now;
        KnownRequests? known = null;
        switch (doubt)
        {
            case "problem": reading = reading with { Problem = "Too long." }; break;
            case "undocumented": reading = reading with { IsDocumented = false }; break;
            case "unidentified": reading = Add(new HistoryTask("other", new Prediction { Id = "", CreatedAt = s_sent.AddDays(-1) })); break;
            case "unreadable": reading = Add(Task("x", "", 86_400)); break;
            case "unknown task": reading = Add(Task("x", "other", 60)); break;
            case "no witness": reading = reading with { Tasks = [reading.Tasks[1]] }; known = new KnownRequests([request], new Dictionary<string, KnownTask>()); break;
            case "witness too far": known = Know(request, s_sent.AddMinutes(11)); reading = reading with { Tasks = [Task("known", "other", 660), reading.Tasks[1]] }; break;
            case "witness at another time": reading = reading with { Tasks = [Task("known", "other", 3600), reading.Tasks[1]] }; break;
            case "short": reading = reading with { Tasks = [reading.Tasks[0]] }; break;
            case "other key": request = request with { IsOwnAccount = false }; break;
            case "unknown key": request = request with { IsOwnAccount = null }; break;
            case "no service time": reading = reading with { ServiceTime = null }; break;
            case "young by the service": reading = reading with { ServiceTime = s_sent.AddHours(23) }; break;
            case "young here": now = s_sent.AddHours(23); break;
            case "same content": reading = Add(Task("x", "digest", -86_400)); break;
            case "no time": request = request with { SentAt = null }; break;
            case "unknown clock": request = request with { ClockOffset = null }; reading = reading with { ClockOffset = TimeSpan.FromDays(3) }; break;
            case "missing known task": known = Know(request, s_sent.AddMinutes(1), "hidden"); break;
        }

        RecoveryVerdict verdict = Decide(reading, request, known, now);

        Assert.Equal(RecoveryOutcome.Open, verdict.Outcome);
        Assert.NotEmpty(verdict.Reason);
    }

    [Theory]
    [InlineData("c/d", false)]
    [InlineData("A/B", true)]
    [InlineData(null, true)]
    public void Unknown_task_of_that_time_is_a_doubt_only_if_it_can_be_of_the_same_model(string? model, bool isDoubt)
    {
        RecoveryOutcome expected = isDoubt ? RecoveryOutcome.Open : RecoveryOutcome.NotAccepted;
        HistoryTask unidentified = new("other", new Prediction { Id = "", CreatedAt = s_sent.AddDays(-1) });

        Assert.Equal(expected, Decide(Add(Task("x", "other", 60) with { Model = model })).Outcome);
        Assert.Equal(expected, Decide(Add(Task("x", "", 86_400) with { Model = model })).Outcome);
        Assert.Equal(expected, Decide(Add(unidentified with { Model = model })).Outcome);
    }

    [Fact]
    public void Known_task_of_another_model_is_not_a_witness()
    {
        KnownRequests known = new([s_request], new Dictionary<string, KnownTask>(StringComparer.Ordinal) { ["known"] = new("c/d", s_sent.AddSeconds(29), true) });

        Assert.Equal(RecoveryOutcome.Open, Decide(s_proof, known: known).Outcome);
    }

    [Fact]
    public void Task_of_the_same_content_and_time_is_adopted() => Assert.Equal("x", Decide(Add(Task("x", "digest", 2))).Task?.Id);

    [Theory]
    [InlineData(-70)]
    [InlineData(611)]
    public void Task_of_the_same_content_at_another_time_is_not_adopted(int seconds) => Assert.Null(Decide(Add(Task("x", "digest", seconds))).Task);

    [Fact]
    public void Task_is_adopted_from_a_search_that_was_too_long_if_it_covers_the_time() =>
        Assert.Equal("x", Decide(Add(Task("x", "digest", 2)) with { Problem = "Too long.", CoveredFrom = s_sent.AddHours(-1) }).Task?.Id);

    [Fact]
    public void Task_is_not_adopted_while_an_equal_request_waits_for_its_answer()
    {
        KnownRequests known = s_known with { Open = [s_request, new OpenRequest("other", "digest") { SentAt = s_sent, ClockOffset = TimeSpan.Zero, IsWaiting = true }] };

        Assert.Null(Decide(Add(Task("x", "digest", 1), Task("y", "digest", 2)), known: known).Task);
    }

    [Fact]
    public void Equal_requests_get_different_tasks_in_order_of_time()
    {
        OpenRequest later = s_request with { Key = "later", SentAt = s_sent.AddSeconds(5) };
        KnownRequests known = s_known with { Open = [later, s_request] };
        HistoryReading reading = Add(Task("y", "digest", 6), Task("x", "digest", 1));

        Assert.Equal(("x", "y"), (Decide(reading, known: known).Task?.Id, Decide(reading, later, known).Task?.Id));
    }

    private static RecoveryVerdict Decide(HistoryReading reading, OpenRequest? request = null, KnownRequests? known = null, DateTimeOffset? now = null) =>
        new RecoveryDecision(reading, known ?? s_known, now ?? s_now).Decide(request ?? s_request);

    private static HistoryReading Add(params HistoryTask[] tasks) => s_proof with { Tasks = [.. s_proof.Tasks, .. tasks] };

    private static HistoryTask Task(string id, string digest, int seconds) => new(digest, new Prediction { Id = id, CreatedAt = s_sent.AddSeconds(seconds) });

    private static KnownRequests Know(OpenRequest request, DateTimeOffset? sent = null, string? another = null)
    {
        Dictionary<string, KnownTask> tasks = new(StringComparer.Ordinal)
        {
            ["known"] = new KnownTask("a/b", another is null && sent is not null ? sent : s_sent.AddSeconds(29), true),
            ["old"] = new KnownTask("a/b", s_sent.AddSeconds(-3600), true),
        };
        if (another is not null)
        {
            tasks[another] = new KnownTask("a/b", sent, true);
        }

        return new KnownRequests([request], tasks);
    }
}
