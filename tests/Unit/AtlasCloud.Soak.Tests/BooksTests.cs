namespace AtlasCloud.Soak.Tests;

/// <summary>What is wrong with the books is found. Otherwise a soak that finds nothing would say nothing.</summary>
public sealed class BooksTests : IAsyncLifetime
{
    private const int Jobs = 5;

    private readonly string _folder = Directory.CreateTempSubdirectory("soak-books-").FullName;
    private readonly Emulator _emulator = Emulator.Start(new EmulatorOptions { TimeScale = 0 });
    private readonly WorkerSettings _settings;

    public BooksTests() => _settings = new WorkerSettings(
        _emulator.BaseUri, _folder, Jobs, IsCollectOnly: false, 1, TimeProvider.System.GetUtcNow(), 20, TimeSpan.Zero);

    public async ValueTask InitializeAsync() => await WorkAsync();

    public async ValueTask DisposeAsync()
    {
        await _emulator.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_run_without_faults_leaves_books_in_order()
    {
        SoakAudit books = await BooksAsync();

        Assert.Empty(Faults(books));
        Assert.Equal((Jobs, Jobs, true), (books.Charges.Count, books.FileCount - 1, books.IsEveryJobAccepted));
    }

    [Fact]
    public async Task A_second_worker_has_nothing_to_do()
    {
        int requests = _emulator.Ledger.Count;

        await WorkAsync();

        Assert.Equal(0, _emulator.Ledger.Skip(requests).Count(entry => entry.Method == "POST" || entry.Path.Contains("/outputs/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_job_that_is_submitted_again_is_found()
    {
        File.Delete(_settings.Journal);
        await WorkAsync();

        Assert.Equal(Jobs, (await BooksAsync()).DuplicateTasks().Count());
    }

    [Fact]
    public async Task A_task_that_the_journal_does_not_know_is_found()
    {
        File.Delete(_settings.Journal);

        SoakAudit books = await BooksAsync();

        Assert.Equal(Jobs, books.LostTasks().Count());
        Assert.Equal(books.FileCount, books.OrphanFiles().Count());
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_found()
    {
        File.Delete(Directory.GetFiles(_settings.Results)[0]);

        Assert.Contains("different content", Assert.Single((await BooksAsync()).LostTasks()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_was_cut_is_found()
    {
        string path = Directory.GetFiles(_settings.Results)[0];
        await using (FileStream file = File.OpenWrite(path))
        {
            file.SetLength(file.Length / 2);
        }

        Assert.Contains("different content", Assert.Single((await BooksAsync()).LostTasks()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_nobody_and_one_that_is_unfinished_are_found()
    {
        await File.WriteAllTextAsync(Path.Combine(_settings.Results, "job-00001-9.png"), "?");
        await File.WriteAllTextAsync(Path.Combine(_settings.Results, ".x.partial"), "?");

        SoakAudit books = await BooksAsync();

        Assert.Single(books.OrphanFiles());
        Assert.Single(books.PartialFiles);
    }

    [Fact]
    public async Task A_job_that_nobody_sent_is_found()
    {
        SoakAudit books = await SoakAudit.ReadAsync(_emulator, _settings with { Jobs = Jobs + 1 }, CancellationToken.None);

        Assert.StartsWith("job 6 has no task", Assert.Single(books.MissingJobs()), StringComparison.Ordinal);
        Assert.False(books.IsEveryJobAccepted);
    }

    private static IEnumerable<string> Faults(SoakAudit books) => [.. books.DuplicateTasks(), .. books.LostTasks(), .. books.MissingJobs(), .. books.OrphanFiles(), .. books.PartialFiles];

    private Task<SoakAudit> BooksAsync() => SoakAudit.ReadAsync(_emulator, _settings, CancellationToken.None);

    private async Task WorkAsync()
    {
        using AtlasCloudClient client = _settings.Connect(_emulator.ApiKey);
        await new Worker(_settings, client).RunAsync(CancellationToken.None);
    }
}
