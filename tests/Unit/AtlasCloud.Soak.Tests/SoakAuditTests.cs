using System.Globalization;

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
    public async Task Task_whose_entry_was_closed_without_an_ID_is_reported_as_written_off()
    {
        await ReplaceEventsAsync("refused", TimeSpan.FromDays(1));

        SoakAudit audit = await AuditAsync();

        Assert.Equal(Jobs, audit.WrittenOffTasks().Count());
        Assert.Empty(audit.LostTasks());
    }

    [Fact]
    public async Task Task_after_a_refused_request_of_its_job_is_lost_and_not_written_off()
    {
        await ReplaceEventsAsync("refused", TimeSpan.FromDays(-1));

        SoakAudit audit = await AuditAsync();

        Assert.Equal(Jobs, audit.LostTasks().Count());
        Assert.Empty(audit.WrittenOffTasks());
    }

    [Fact]
    public async Task Charged_task_that_the_journal_calls_failed_is_reported_as_written_off()
    {
        string[] lines = await File.ReadAllLinesAsync(_settings.Journal);
        await File.WriteAllLinesAsync(_settings.Journal, lines.Where(line => line.Contains("\"intent\"", StringComparison.Ordinal) || line.Contains("\"event\":\"id\"", StringComparison.Ordinal)));
        await AppendEventsAsync("failed", TimeSpan.FromDays(1));

        Assert.All((await AuditAsync()).WrittenOffTasks(), task => Assert.Contains("journal state is Failed", task, StringComparison.Ordinal));
        Assert.Equal(Jobs, (await AuditAsync()).WrittenOffTasks().Count());
    }

    [Theory]
    [InlineData("repeated {key}")]
    [InlineData("repeated-{key-escaped}")]
    [InlineData("{key-spaced}")]
    public async Task Key_in_a_file_is_reported(string text)
    {
        Emulation.Scenarios.ScenarioPlaceholders placeholders = new(null, _emulator.ApiKey);
        await File.WriteAllTextAsync(Path.Combine(_folder, "notes.txt"), placeholders.ExpandEscaped(placeholders.Expand(text)));

        Assert.Contains("notes.txt", Assert.Single((await AuditAsync()).ExposedKeys()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Job_without_a_task_is_open_and_not_missing_if_the_journal_contains_its_intent()
    {
        string intent = (await File.ReadAllLinesAsync(_settings.Journal)).First(line => line.Contains("\"intent\"", StringComparison.Ordinal) && line.Contains("job-00001", StringComparison.Ordinal));
        await File.AppendAllTextAsync(
            _settings.Journal, intent.Replace("job-00001", "job-00006", StringComparison.Ordinal).Replace("\"entry\":\"2", "\"entry\":\"3", StringComparison.Ordinal) + "\n");

        SoakAudit audit = await SoakAudit.ReadAsync(_emulator, _settings with { Jobs = Jobs + 1 }, CancellationToken.None);

        Assert.StartsWith("job 6 has no task; journal: Intent", Assert.Single(audit.OpenJobs()), StringComparison.Ordinal);
        Assert.Empty(audit.MissingJobs());
    }

    [Fact]
    public async Task Missing_job_is_reported()
    {
        SoakAudit audit = await SoakAudit.ReadAsync(_emulator, _settings with { Jobs = Jobs + 1 }, CancellationToken.None);

        Assert.StartsWith("job 6 has no task", Assert.Single(audit.MissingJobs()), StringComparison.Ordinal);
        Assert.False(audit.IsEveryJobAccepted);
    }

    private static IEnumerable<string> Violations(SoakAudit audit) => [.. audit.DuplicateTasks(), .. audit.LostTasks(), .. audit.WrittenOffTasks(), .. audit.ExposedKeys(), .. audit.MissingJobs(), .. audit.OpenJobs(), .. audit.OrphanFiles(), .. audit.PartialFiles];

    /// <summary>Replaces all events after the intents by a single one for each entry.</summary>
    private async Task ReplaceEventsAsync(string name, TimeSpan fromNow)
    {
        string[] lines = await File.ReadAllLinesAsync(_settings.Journal);
        await File.WriteAllLinesAsync(_settings.Journal, lines.Where(line => line.Contains("\"intent\"", StringComparison.Ordinal)));
        await AppendEventsAsync(name, fromNow);
    }

    private async Task AppendEventsAsync(string name, TimeSpan fromNow)
    {
        using AtlasCloudClient client = _settings.Connect(_emulator.ApiKey);
        string at = (TimeProvider.System.GetUtcNow() + fromNow).ToString("O", CultureInfo.InvariantCulture);
        await File.AppendAllLinesAsync(_settings.Journal, (await client.Journal.ListAsync()).Select(entry => $$"""{"event":"{{name}}","entry":"{{entry.JournalId}}","at":"{{at}}","reason":"test"}"""));
    }

    private Task<SoakAudit> AuditAsync() => SoakAudit.ReadAsync(_emulator, _settings, CancellationToken.None);

    private async Task WorkAsync()
    {
        using AtlasCloudClient client = _settings.Connect(_emulator.ApiKey);
        await new Worker(_settings, client).RunAsync(CancellationToken.None);
    }
}
