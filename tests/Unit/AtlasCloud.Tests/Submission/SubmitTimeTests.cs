using System.Diagnostics;
using AtlasCloud.Journal;
using AtlasCloud.Predictions;
using AtlasCloud.Storage;
using Microsoft.Win32.SafeHandles;

namespace AtlasCloud.Tests.Journals;

/// <summary>When a request counts as sent, and by which process.</summary>
public sealed class SubmitTimeTests : IDisposable
{
    private readonly RecoveryScene _scene = new();

    public void Dispose() => _scene.Dispose();

    [Fact]
    public async Task Lost_answer_after_eleven_minutes_of_429_is_found()
    {
        _scene.Host.Refusals = 11;

        Prediction made = await _scene.Client(retries: 20).Predictions.CreateAsync(Some.Request(), GenerationKind.Image);

        Assert.Equal("task-1", made.Id);
        JournalEntry entry = Assert.Single(await _scene.EntriesAsync());
        Assert.InRange((entry.SentAt - entry.CreatedAt)!.Value, TimeSpan.FromMinutes(10.9), TimeSpan.FromMinutes(12));
    }

    [Fact]
    public async Task Lost_answer_after_eleven_minutes_of_429_is_found_later()
    {
        _scene.Host.Refusals = 11;
        _scene.Host.Fault = _ => StubReply.Text("down", 503);
        await Assert.ThrowsAsync<AtlasCloudException>(() => _scene.Client(retries: 20).Predictions.CreateAsync(Some.Request(), GenerationKind.Image));
        _scene.Host.Fault = null;

        Assert.Equal("task-1", Assert.Single(await _scene.SettleAsync()).Prediction?.Id);
    }

    [Fact]
    public async Task Task_of_a_killed_process_that_retried_after_429_is_found()
    {
        string body = await BodyAsync();
        await WriteIntentAsync(body, record => record with { Process = int.MaxValue });
        _scene.Clock.Advance(TimeSpan.FromMinutes(40));
        _scene.Host.Add(body);

        Assert.Equal("task-1", Assert.Single(await _scene.SettleAsync()).Prediction?.Id);
    }

    [Fact]
    public async Task Canceled_submit_is_not_pending_before_its_refusal_is_on_disk()
    {
        PredictionRecords records = _scene.Client().Records;
        using CancellationTokenSource cancellation = new();
        using ManualResetEventSlim released = new();
        TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task blocked = Task.CompletedTask;
        bool Block(string id, SafeFileHandle file)
        {
            reached.SetResult();
            return !released.Wait(TimeSpan.FromMinutes(1));
        }

        bool CancelAfterTheIntent(string id, SafeFileHandle file)
        {
            // The writer reaches this line after the one of the intent and before the one of the refusal.
            blocked = records.Journal!.TryAppendIntentAsync(SomeJournal.Intent(), Block, CancellationToken.None);
            cancellation.Cancel();
            return true;
        }

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => records.RecordIntentAsync(SomeJournal.Intent(), CancelAfterTheIntent, cancellation.Token));
        await reached.Task;
        Assert.Empty(await _scene.PendingAsync());

        released.Set();
        await blocked;
        await records.Journal!.DisposeAsync();
        JournalEntry entry = Assert.Single(await _scene.EntriesAsync());
        Assert.Equal((JournalState.Refused, false), (entry.State, InFlightEntries.Contains(entry, _scene.Clock.GetUtcNow())));
    }

    [Fact]
    public async Task Request_that_ends_while_the_journal_is_read_is_not_pending()
    {
        JournalFile journal = _scene.Client().Records.Journal!;
        string id = (await journal.AppendIntentAsync(SomeJournal.Intent() with { BaseUri = new AtlasCloudOptions().BaseUri }, CancellationToken.None)).JournalId;
        bool EndMeanwhile(JournalEntry entry)
        {
            Assert.True(journal.AppendRefusedAsync(entry.JournalId, "HTTP 400").GetAwaiter().GetResult());
            return true;
        }

        List<PendingTask> pending = [];
        await foreach (PendingTask task in _scene.Client().Journal.ListPendingAsync(EndMeanwhile))
        {
            pending.Add(task);
        }

        Assert.Empty(pending);
        Assert.Equal(id, Assert.Single(await _scene.EntriesAsync()).JournalId);
    }

    [Fact]
    public async Task Submit_cancelled_while_every_attempt_was_refused_with_429_leaves_nothing_open()
    {
        FakeClock clock = new() { SkipsDelays = false };
        HistoryHost host = new(clock) { Refusals = 100 };
        using TemporaryFolder folder = new();
        AtlasCloudOptions options = new() { ApiKey = Some.Key, JournalPath = Path.Join(folder.Path, "journal.jsonl"), Budget = 1 };
        AtlasCloudClient client = folder.Own(new AtlasCloudClient(options, host.Connect().When("/calculate", Fixture.Reply("calculate/flat.json")), clock, Some.Random()));
        using CancellationTokenSource cancellation = new();
        Task<Prediction> submit = client.Predictions.CreateAsync(Some.Request() with { AllowUnknownCost = true }, GenerationKind.Image, cancellation.Token);

        for (int i = 0; i < 3; i++)
        {
            await clock.DelayBegunAsync();
            clock.Advance(i < 2 ? TimeSpan.FromSeconds(61) : TimeSpan.Zero);
        }

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => submit);
        Assert.Equal(JournalState.Refused, Assert.Single(await client.Journal.ListAsync()).State);
        Assert.Equal((0m, 0m), (client.Budget.Spent, client.Budget.Reserved));
    }

    [Fact]
    public async Task Intent_of_a_living_process_is_left_alone_whatever_its_age()
    {
        using Process other = TestProgram.StartSleeper();
        await WriteIntentAsync(await BodyAsync(), record => record with { Process = other.Id, ProcessStart = RunningProcess.GetStart(other.Id) });
        await LetADayPassAsync();

        Assert.Empty(await _scene.SettleAsync());
        Assert.Equal(JournalState.Intent, (await _scene.EntriesAsync())[0].State);
        other.Kill();
    }

    [Fact]
    public async Task Intent_of_an_ended_process_whose_ID_is_in_use_again_is_settled()
    {
        using Process other = TestProgram.StartSleeper();
        string body = await BodyAsync();
        await WriteIntentAsync(body, record => record with { Process = other.Id, ProcessStart = "12" });
        _scene.Host.Add(body);

        Assert.Equal(["task-1"], (await _scene.SettleAsync()).Select(t => t.Prediction?.Id));
        other.Kill();
    }

    [Fact]
    public async Task Intent_of_the_same_process_ID_in_another_container_is_not_taken_for_ended()
    {
        await WriteIntentAsync(await BodyAsync(), record => record with { MachineId = MachineIdentity.Compute("another container") });
        _scene.Clock.Advance(TimeSpan.FromMinutes(10));

        Assert.Empty(await _scene.SettleAsync());

        _scene.Clock.Advance(TimeSpan.FromMinutes(55));
        Assert.Single(await _scene.SettleAsync());
    }

    [Fact]
    public async Task Request_in_flight_is_left_alone_by_another_client_of_the_same_process()
    {
        TaskCompletionSource arrived = new();
        StubHandler silent = Some.Service().When("/model/generate", StubReply.Silence(arrived.SetResult));
        AtlasCloudOptions options = new() { ApiKey = Some.Key, JournalPath = _scene.JournalPath };
        using AtlasCloudClient client = new(options, silent, _scene.Clock, Some.Random());
        using CancellationTokenSource cancellation = new();
        Task<Prediction> submit = client.Predictions.CreateAsync(Some.Request(), GenerationKind.Image, cancellation.Token);
        await arrived.Task;

        Assert.Empty(await _scene.SettleAsync());

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => submit);
        Assert.Single(await _scene.SettleAsync());
    }

    [Fact]
    public async Task Unknown_outcome_reopens_an_entry_that_another_process_closed_as_refused()
    {
        JournalFile journal = _scene.Client().Records.Journal!;
        string id = (await journal.AppendIntentAsync(SomeJournal.Intent(), default)).JournalId;
        await journal.AppendRefusedAsync(id, "by another process");
        await journal.AppendUnknownAsync(id, _scene.Clock.GetUtcNow(), "no answer");

        Assert.Equal(JournalState.Unknown, Assert.Single(journal.ReadPending().Entries).State);
    }

    private async Task LetADayPassAsync()
    {
        await _scene.SubmitAsync("before");
        await _scene.SubmitAsync("after");
        _scene.Clock.Advance(TimeSpan.FromHours(25));
    }

    private async Task WriteIntentAsync(string body, Func<JournalRecord, JournalRecord> change)
    {
        JournalIntent intent = new(Some.ImageModel, AtlasCloud.Requests.RequestDigest.Compute(Some.Json(body))) { BaseUri = AtlasCloudOptions.DefaultBaseUri };
        DateTimeOffset now = _scene.Clock.GetUtcNow();
        await File.AppendAllTextAsync(_scene.JournalPath, System.Text.Encoding.UTF8.GetString(change(intent.ToLine(JournalKey.NewId(now), now)).ToBytes()));
    }

    // The body as the client sends it.
    private static async Task<string> BodyAsync()
    {
        using RecoveryScene other = new();
        await other.SubmitAsync("a lighthouse");
        return other.Host.Write()[0]["requestBody"]!.GetValue<string>();
    }
}
