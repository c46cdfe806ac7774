using AtlasCloud.Submission;

namespace AtlasCloud.Tests.Journals;

/// <summary>What closes an open journal entry, and what does not.</summary>
public sealed class OpenEntryTests : IDisposable
{
    private const string Other = "apikey-another-0123456789";

    private readonly RecoveryScene _scene = new();

    public void Dispose() => _scene.Dispose();

    [Fact]
    public async Task Entry_is_closed_if_the_history_shows_all_other_requests_of_that_time()
    {
        _scene.Host.Add(HistoryHost.Body("old"), TimeSpan.FromDays(2));
        await _scene.LoseBetweenOthersAsync(isAccepted: false);
        List<string> warnings = [];

        using (new AtlasCloudLog((level, message) => warnings.AddRange(level == AtlasCloudLogLevel.Warning ? [message] : Array.Empty<string>())).Listen())
        {
            Assert.Empty(await _scene.SettleAsync());
        }

        Assert.Equal(JournalState.Refused, (await _scene.LostEntryAsync()).State);
        Assert.Contains("was not accepted", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Entry_stays_open_for_a_day_even_if_the_history_shows_all_other_requests()
    {
        await _scene.SubmitAsync("before");
        await _scene.LoseAsync(isAccepted: false);
        await _scene.SubmitAsync("after");
        _scene.Clock.Advance(TaskRecovery.NotAcceptedAfter - TimeSpan.FromMinutes(5));

        Assert.NotNull(Assert.Single(await _scene.SettleAsync()).Failure);
        Assert.True((await _scene.LostEntryAsync()).IsOpen);
    }

    [Fact]
    public async Task Entry_without_another_request_of_that_time_stays_open_for_30_days()
    {
        await _scene.SubmitAsync("long before");
        _scene.Clock.Advance(TimeSpan.FromHours(3));
        await _scene.LoseAsync(isAccepted: false);
        _scene.Clock.Advance(TimeSpan.FromDays(29));
        PendingTask open = Assert.Single(await _scene.SettleAsync());
        Assert.Equal(AtlasCloudErrorReason.OpenEntryNotSettled, open.Failure?.Reason);
        Assert.Contains("30 days", open.Failure?.Message, StringComparison.Ordinal);

        _scene.Clock.Advance(TimeSpan.FromDays(2));

        Assert.Empty(await _scene.SettleAsync());
        Assert.Equal(JournalState.Closed, (await _scene.LostEntryAsync()).State);
    }

    [Theory]
    [InlineData(-40)]
    [InlineData(-3)]
    [InlineData(5)]
    public async Task Entry_stays_open_while_the_history_has_the_same_request_of_any_time(int days)
    {
        await _scene.LoseBetweenOthersAsync(isAccepted: false);
        string other = _scene.Host.Add(await BodyAsync(), TimeSpan.FromDays(-days));

        Assert.Contains(other, Assert.Single(await _scene.SettleAsync()).Failure?.Message, StringComparison.Ordinal);
        Assert.True((await _scene.LostEntryAsync()).IsOpen);
    }

    [Fact]
    public async Task Entry_stays_open_while_the_history_lacks_a_request_that_is_known()
    {
        await _scene.LoseBetweenOthersAsync(isAccepted: false);
        _scene.Host.Page = (items, _) => HistoryHost.Envelope([items[0]!.DeepClone()], 1);

        Assert.Contains("lacks task task-1", Assert.Single(await _scene.SettleAsync()).Failure?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Entry_of_another_key_is_named_and_left_alone()
    {
        await _scene.LoseBetweenOthersAsync();
        _scene.Host.Page = (_, _) => HistoryHost.Envelope([], 0);
        int before = _scene.Host.Reads;

        List<PendingTask> seen = await _scene.PendingAsync(Other);

        Assert.Equal(3, seen.Count);
        Assert.All(seen, t => Assert.Equal(AtlasCloudErrorReason.OpenEntryOfAnotherKey, t.Failure?.Reason));
        Assert.Equal(before, _scene.Host.Reads);
        _scene.Host.Page = null;
        Assert.Equal("task-2", Assert.Single(await _scene.SettleAsync()).Prediction?.Id);
    }

    [Fact]
    public async Task Journal_has_a_fingerprint_of_the_key_that_differs_for_each_client()
    {
        await _scene.SubmitAsync("one");
        await _scene.SubmitAsync("two");

        IReadOnlyList<JournalEntry> entries = await _scene.EntriesAsync();
        Assert.NotEqual(entries[0].Account, entries[1].Account);
        Assert.DoesNotContain(Some.Key, await File.ReadAllTextAsync(_scene.JournalPath), StringComparison.Ordinal);
        Assert.All(entries, e => Assert.True(_scene.Client().Records.IsOwnAccount(e)));
        Assert.All(entries, e => Assert.False(_scene.Client(Other).Records.IsOwnAccount(e)));
    }

    [Fact]
    public async Task Entry_of_an_earlier_version_is_found_but_never_closed_early()
    {
        await _scene.LoseBetweenOthersAsync(isAccepted: false);
        string text = await File.ReadAllTextAsync(_scene.JournalPath);
        await File.WriteAllTextAsync(_scene.JournalPath, System.Text.RegularExpressions.Regex.Replace(text, "\"(account|machine_id|process_start)\":\"[^\"]*\",?|\"clock_offset\":[-0-9.]+,?", "").Replace(",}", "}", StringComparison.Ordinal));
        Assert.All(await _scene.EntriesAsync(), e => Assert.Equal((null, null, null), (e.Account, e.MachineId, e.ClockOffset)));

        Assert.Contains("which API key", Assert.Single(await _scene.SettleAsync()).Failure?.Message, StringComparison.Ordinal);
        _scene.Clock.Advance(TimeSpan.FromDays(29));
        Assert.Single(await _scene.SettleAsync());

        string found = _scene.Host.Add(await BodyAsync(), _scene.Clock.GetUtcNow() - (await _scene.LostEntryAsync()).SentAt!.Value);
        Assert.Equal(found, Assert.Single(await _scene.SettleAsync()).Prediction?.Id);
    }

    [Theory]
    [InlineData(-400)]
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(400)]
    public async Task Clock_that_was_wrong_at_the_submit_and_is_right_later_settles_nothing_wrongly(int days)
    {
        _scene.Clock.SetWall(TimeSpan.FromDays(days));
        await _scene.LoseAsync();
        _scene.Clock.SetWall(TimeSpan.FromDays(-days));

        Assert.Equal("task-1", Assert.Single(await _scene.SettleAsync()).Prediction?.Id);
    }

    [Theory]
    [InlineData(-400)]
    [InlineData(40)]
    public async Task Clock_that_was_wrong_at_the_submit_settles_nothing_wrongly_without_a_Date_header(int days)
    {
        _scene.Host.SendsDate = false;
        _scene.Clock.SetWall(TimeSpan.FromDays(days));
        await _scene.LoseAsync();
        _scene.Clock.SetWall(TimeSpan.FromDays(-days));
        await _scene.SubmitAsync("after");

        for (int i = 0; i < 3; i++)
        {
            Assert.Contains("task-1", Assert.Single(await _scene.SettleAsync()).Failure?.Message, StringComparison.Ordinal);
            _scene.Clock.Advance(TimeSpan.FromHours(30));
        }

        Assert.True((await _scene.LostEntryAsync()).IsOpen);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Clock_that_is_16_days_ahead_settles_nothing_wrongly(bool sendsDate)
    {
        _scene.Host.SendsDate = sendsDate;
        await _scene.SubmitAsync("before");
        await _scene.LoseAsync(isAccepted: false);
        JournalEntry completed = (await _scene.EntriesAsync())[0];
        await _scene.Client().Records.Journal!.AppendStatusAsync(completed.JournalId, SomeJournal.Prediction("task-1", PredictionState.Succeeded));

        foreach (int days in (int[])[16, 31, 400])
        {
            _scene.Clock.SetWall(TimeSpan.FromDays(days));
            Assert.Equal(2, (await _scene.PendingAsync()).Count);
            _scene.Clock.SetWall(TimeSpan.FromDays(-days));
        }

        Assert.All(await _scene.EntriesAsync(), e => Assert.True(e.IsOpen));
    }

    [Fact]
    public async Task Prediction_that_the_service_does_not_know_stays_open_until_its_results_have_expired()
    {
        string id = await _scene.SubmitAsync("one");
        _scene.Host.Page = (_, _) => HistoryHost.Envelope([], 0);
        _scene.Clock.Advance(TimeSpan.FromDays(10));
        Prediction pending = Assert.Single(await _scene.PendingAsync()).Prediction!;
        Assert.Equal(AtlasCloudErrorKind.PredictionNotFound, (await FailAsync(pending)).Kind);
        Assert.True(Assert.Single(await _scene.EntriesAsync()).IsOpen);

        _scene.Clock.SetWall(TimeSpan.FromDays(16));
        Assert.Equal(AtlasCloudErrorKind.PredictionNotFound, (await FailAsync(pending)).Kind);
        Assert.True(Assert.Single(await _scene.EntriesAsync()).IsOpen);

        _scene.Clock.SetWall(TimeSpan.FromDays(-16));
        _scene.Clock.Advance(TimeSpan.FromDays(6));
        Assert.Equal(AtlasCloudErrorKind.PredictionNotFound, (await FailAsync(pending)).Kind);
        Assert.Equal(JournalState.Closed, Assert.Single(await _scene.EntriesAsync()).State);
        Assert.Equal(id, pending.Id);
    }

    private Task<AtlasCloudException> FailAsync(Prediction prediction) =>
        Assert.ThrowsAsync<AtlasCloudException>(() => _scene.Client().Predictions.WaitAsync(prediction));

    // The body as the client sends it.
    private static async Task<string> BodyAsync()
    {
        using RecoveryScene other = new();
        await other.SubmitAsync("a lighthouse");
        return other.Host.Write()[0]["requestBody"]!.GetValue<string>();
    }
}
