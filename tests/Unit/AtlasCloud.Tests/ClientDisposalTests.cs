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
    public async Task Disposal_waits_for_a_running_refresh(bool isAsync)
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
    public async Task Disposal_waits_for_a_refresh_that_reacts_slowly_to_its_cancellation()
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
    public async Task Disposed_client_refreshes_a_stale_copy_in_the_foreground()
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
    public async Task Disposed_client_uses_a_stale_copy_if_the_refresh_fails()
    {
        await KeepStaleCatalogAsync();
        AtlasCloudClient client = Client(new StubHandler().When("/", StubReply.Fault(HttpRequestError.ConnectionError)));
        await client.DisposeAsync();

        Assert.Equal(102, (await client.Models.ListAsync()).Count);
    }

    [Fact]
    public async Task Disposal_waits_until_all_journal_lines_are_on_disk()
    {
        JournalFile journal = SomeJournal.In(_folder, TimeProvider.System, new JournalLimits { LockTimeout = s_hang });
        using CancellationTokenSource cancellation = new();
        FileStream otherProcess = new(journal.Path + JournalFile.LockSuffix, FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        Task<JournalEntry> intent = journal.AppendIntentAsync(SomeJournal.Intent(), cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => intent);

        Task disposal = journal.DisposeAsync().AsTask();
        Assert.False(disposal.IsCompleted);
        await otherProcess.DisposeAsync();
        await disposal.WaitAsync(s_hang);

        Assert.Equal(JournalState.Refused, Assert.Single(journal.ReadEntries().Entries).State);
    }

    [Fact]
    public async Task Compaction_is_not_started_after_the_disposal_and_can_be_cancelled_before_it_writes()
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
    public async Task UploadAsync_has_closed_the_file_when_a_cancelled_call_returns()
    {
        using CancellationTokenSource cancellation = new();
        TaskCompletionSource<CancellationToken> arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        AtlasCloudClient client = Client(new StubHandler(Slow(arrived, ended)));
        Task<Media> upload = client.Media.UploadAsync(_folder.Write("a.png", Bytes.Png), cancellationToken: cancellation.Token);
        await arrived.Task.WaitAsync(s_hang);

        await cancellation.CancelAsync();

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

    // Observes the cancellation, but ends only after further turns of the thread pool.
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
