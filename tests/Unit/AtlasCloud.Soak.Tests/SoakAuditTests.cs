namespace AtlasCloud.Soak.Tests;

/// <summary>The audit must report every violation; otherwise a passing soak proves nothing.</summary>
public sealed class SoakAuditTests : IAsyncLifetime
{
    private const int Jobs = 5;

    private readonly string _folder = Directory.CreateTempSubdirectory("soak-audit-").FullName;
    private readonly Emulator _emulator = Emulator.Start(new EmulatorOptions { TimeScale = 0 });
    private readonly WorkerSettings _settings;

    public SoakAuditTests() => _settings = new WorkerSettings(
        _emulator.BaseUri, _folder, Jobs, IsCollectOnly: false, 1, TimeProvider.System.GetUtcNow(), 20, TimeSpan.Zero);

    public async ValueTask InitializeAsync() => await WorkAsync();

    public async ValueTask DisposeAsync()
    {
        await _emulator.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Run_without_faults_has_no_violations()
    {
        SoakAudit audit = await AuditAsync();

        Assert.Empty(Violations(audit));
        Assert.Equal((Jobs, Jobs, true), (audit.Charges.Count, audit.FileCount - 1, audit.IsEveryJobAccepted));
    }

    [Fact]
    public async Task Second_worker_sends_no_requests()
    {
        int requests = _emulator.Ledger.Count;

        await WorkAsync();

        Assert.Equal(0, _emulator.Ledger.Skip(requests).Count(entry => entry.Method == "POST" || entry.Path.Contains("/outputs/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Duplicate_task_is_reported()
    {
        File.Delete(_settings.Journal);
        await WorkAsync();

        Assert.Equal(Jobs, (await AuditAsync()).DuplicateTasks().Count());
    }

    [Fact]
    public async Task Task_missing_in_the_journal_is_reported()
    {
        File.Delete(_settings.Journal);

        SoakAudit audit = await AuditAsync();

        Assert.Equal(Jobs, audit.LostTasks().Count());
        Assert.Equal(audit.FileCount, audit.OrphanFiles().Count());
    }

    [Fact]
    public async Task Missing_file_is_reported()
    {
        File.Delete(Directory.GetFiles(_settings.Results)[0]);

        Assert.Contains("different content", Assert.Single((await AuditAsync()).LostTasks()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Truncated_file_is_reported()
    {
        string path = Directory.GetFiles(_settings.Results)[0];
        await using (FileStream file = File.OpenWrite(path))
        {
            file.SetLength(file.Length / 2);
        }

        Assert.Contains("different content", Assert.Single((await AuditAsync()).LostTasks()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Orphan_and_partial_files_are_reported()
    {
        await File.WriteAllTextAsync(Path.Combine(_settings.Results, "job-00001-9.png"), "?");
        await File.WriteAllTextAsync(Path.Combine(_settings.Results, ".x.partial"), "?");

        SoakAudit audit = await AuditAsync();

        Assert.Single(audit.OrphanFiles());
        Assert.Single(audit.PartialFiles);
    }

    [Fact]
    public async Task Missing_job_is_reported()
    {
        SoakAudit audit = await SoakAudit.ReadAsync(_emulator, _settings with { Jobs = Jobs + 1 }, CancellationToken.None);

        Assert.StartsWith("job 6 has no task", Assert.Single(audit.MissingJobs()), StringComparison.Ordinal);
        Assert.False(audit.IsEveryJobAccepted);
    }

    private static IEnumerable<string> Violations(SoakAudit audit) => [.. audit.DuplicateTasks(), .. audit.LostTasks(), .. audit.MissingJobs(), .. audit.OrphanFiles(), .. audit.PartialFiles];

    private Task<SoakAudit> AuditAsync() => SoakAudit.ReadAsync(_emulator, _settings, CancellationToken.None);

    private async Task WorkAsync()
    {
        using AtlasCloudClient client = _settings.Connect(_emulator.ApiKey);
        await new Worker(_settings, client).RunAsync(CancellationToken.None);
    }
}
