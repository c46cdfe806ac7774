using AtlasCloud.Journal;

namespace AtlasCloud.Tests;

public sealed class ClientDisposalTests : IDisposable
{
    private static readonly TimeSpan s_hang = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder = new();
    private readonly FakeClock _clock = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_refresh_that_is_under_way_has_ended_when_the_client_is_disposed(bool isAsync)
    {
        await KeepStaleCatalogAsync();
        string[] before = Files();
        TaskCompletionSource<CancellationToken> arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        AtlasCloudClient client = Client(new StubHandler(Slow(arrived, ended)));
        client.Models.QueueRefresh();
        CancellationToken request = await arrived.Task.WaitAsync(s_hang);

        await DisposeAsync(client, isAsync);

        Assert.True(request.IsCancellationRequested);
        Assert.True(ended.Task.IsCompleted);
        Assert.True(client.Background.Idle.IsCompletedSuccessfully);
        Assert.Equal(before, Files());
    }

    [Fact]
    public async Task Disposal_waits_for_a_refresh_that_is_slow_to_hear_of_its_cancellation()
    {
        await KeepStaleCatalogAsync();
        TaskCompletionSource arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        StubReply deaf = new(async (request, _) =>
        {
            arrived.SetResult();
            await answered.Task;
            return await StubReply.Json("""{"data":[{"model":"new/model","type":"Image"}]}""").AnswerAsync(request, default);
        });
        AtlasCloudClient client = Client(new StubHandler(deaf));
        client.Models.QueueRefresh();
        await arrived.Task.WaitAsync(s_hang);

        Task disposal = client.DisposeAsync().AsTask();
        Task again = client.DisposeAsync().AsTask();
        Assert.False(disposal.IsCompleted);
        Assert.False(again.IsCompleted);

        answered.SetResult();
        await Task.WhenAll(disposal, again).WaitAsync(s_hang);
        Assert.True(client.Models.Background.IsCompleted);
    }

    [Fact]
    public async Task A_disposed_client_refreshes_a_stale_copy_before_it_uses_it_and_nothing_in_the_background()
    {
        await KeepStaleCatalogAsync();
        StubHandler service = new(StubReply.Json("""{"data":[{"model":"new/model","type":"Image"}]}"""));
        AtlasCloudClient client = Client(service);
        await client.DisposeAsync();

        client.Models.QueueRefresh();
        Assert.Empty(service.Seen);

        Assert.Equal("new/model", Assert.Single(await client.Models.ListAsync()).Id);
        Assert.Single(service.Seen);
    }

    [Fact]
    public async Task A_disposed_client_uses_a_stale_copy_when_nobody_answers()
    {
        await KeepStaleCatalogAsync();
        AtlasCloudClient client = Client(new StubHandler().When("/", StubReply.Fault(HttpRequestError.ConnectionError)));
        await client.DisposeAsync();

        Assert.Equal(102, (await client.Models.ListAsync()).Count);
    }

    [Fact]
    public async Task A_line_that_nobody_waits_for_is_on_disk_when_the_journal_is_disposed()
    {
        JournalFile journal = SomeJournal.In(_folder, TimeProvider.System, new JournalLimits { LockTimeout = s_hang });
        using CancellationTokenSource stop = new();
        FileStream otherProcess = new(journal.Path + JournalFile.LockSuffix, FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        Task<JournalEntry> intent = journal.AppendIntentAsync(SomeJournal.Intent(), stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => intent);

        Task disposal = journal.DisposeAsync().AsTask();
        Assert.False(disposal.IsCompleted);
        await otherProcess.DisposeAsync();
        await disposal.WaitAsync(s_hang);

        Assert.Equal(JournalState.Refused, Assert.Single(journal.ReadEntries().Entries).State);
    }

    [Fact]
    public async Task A_compaction_that_has_written_nothing_is_cancelled_and_none_is_started_after_the_disposal()
    {
        JournalFile journal = SomeJournal.In(_folder, TimeProvider.System, SomeJournal.Restless with { MaxSettledEntries = 0 });
        await journal.DisposeAsync();
        Task before = journal.Compaction;

        for (int i = 0; i < 60; i++)
        {
            string id = await journal.Submit($"task{i}");
            await journal.AppendClosedAsync(id, "It is over.");
        }

        Assert.Same(before, journal.Compaction);
        Assert.Equal(60, journal.ReadEntries().Entries.Count);

        using CancellationTokenSource closed = new();
        await closed.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => journal.CompactAsync(closed.Token));
        Assert.Equal(60, journal.ReadEntries().Entries.Count);
        Assert.Equal(0, new FileInfo(journal.Path + JournalFile.ArchiveSuffix).Length);
    }

    [Fact]
    public async Task An_upload_that_its_caller_cancels_has_let_go_of_the_file_when_the_caller_goes_on()
    {
        using CancellationTokenSource stop = new();
        TaskCompletionSource<CancellationToken> arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        AtlasCloudClient client = Client(new StubHandler(Slow(arrived, ended)));
        Task<Media> upload = client.Media.UploadAsync(_folder.Write("a.png", Bytes.Png), cancellationToken: stop.Token);
        await arrived.Task.WaitAsync(s_hang);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => upload);
        Assert.True(ended.Task.IsCompleted);
    }

    private static async Task DisposeAsync(AtlasCloudClient client, bool isAsync)
    {
        if (isAsync)
        {
            await client.DisposeAsync();
        }
        else
        {
            client.Dispose();
        }
    }

    // Hears of the cancellation, and needs some turns of the pool to end.
    private static StubReply Slow(TaskCompletionSource<CancellationToken> arrived, TaskCompletionSource ended) => new(async (_, cancellationToken) =>
    {
        TaskCompletionSource cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration registration = cancellationToken.Register(cancelled.SetResult);
        arrived.SetResult(cancellationToken);
        await cancelled.Task;
        for (int turn = 0; turn < 100; turn++)
        {
            await Task.Yield();
        }

        ended.SetResult();
        cancellationToken.ThrowIfCancellationRequested();
        throw new InvalidOperationException("It was not cancelled.");
    });

    private async Task KeepStaleCatalogAsync()
    {
        await Client(Some.Service()).Models.ListAsync();
        _clock.Advance(TimeSpan.FromHours(1));
    }

    private string[] Files() => [.. Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories)
        .Where(f => !f.EndsWith(".lock", StringComparison.Ordinal))
        .Select(f => $"{f} {File.GetLastWriteTimeUtc(f):O}").Order(StringComparer.Ordinal)];

    private AtlasCloudClient Client(StubHandler handler) => _folder.Own(Some.Client(handler, _clock, new AtlasCloudOptions
    {
        ApiKey = Some.Key,
        CacheFolder = _folder.Path,
        JournalPath = Path.Join(_folder.Path, "journal.jsonl"),
    }));
}
