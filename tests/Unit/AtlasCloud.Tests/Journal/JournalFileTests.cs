using AtlasCloud.Journal;

namespace AtlasCloud.Tests.Journals;

public sealed class JournalFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeClock _clock = new();

    private string JournalPath => Path.Join(_folder.Path, "journal.jsonl");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    public void Open_returns_null_for_an_empty_path(string? path) => Assert.Null(JournalFile.Open(path, _clock));

    [Fact]
    public void Open_returns_null_with_a_warning_for_an_invalid_path()
    {
        List<string> warnings = [];
        using (Warnings(warnings))
        {
            Assert.Null(JournalFile.Open("a\0b", _clock));
        }

        Assert.Single(warnings);
    }

    [Fact]
    public void ReadEntries_returns_nothing_if_the_file_does_not_exist()
    {
        JournalContent content = SomeJournal.In(_folder, _clock).ReadEntries();
        Assert.Empty(content.Entries);
        Assert.Equal(0, content.DamagedLines);
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public async Task ReadEntries_combines_the_lines_of_an_entry()
    {
        JournalFile journal = SomeJournal.In(_folder, _clock);
        DateTimeOffset created = _clock.GetUtcNow();
        JournalIntent intent = new("acme/paint", SomeJournal.Digest)
        {
            Kind = ModelKind.Image,
            Label = "night run",
            BaseUri = new Uri("https://api.atlascloud.ai/api/v1?x=1"),
            Prompt = "a hill",
            QuotedPrice = 0.04m,
        };
        JournalEntry entry = await journal.AppendIntentAsync(intent, CancellationToken.None);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Prediction prediction = SomeJournal.Prediction("abc") with { SubmittedAt = _clock.GetUtcNow() };
        await journal.AppendIdAsync(entry.JournalId, prediction);
        _clock.Advance(TimeSpan.FromSeconds(5));
        await journal.AppendStatusAsync(entry.JournalId, prediction with { State = PredictionState.Succeeded, Status = "completed", Price = 0.0375m });
        SavedFile file = new() { Path = "/pictures/hill.png", Length = 12, Sha256 = SomeJournal.Digest };
        await journal.AppendSavedAsync(entry.JournalId, [file], isComplete: true);

        JournalEntry read = Assert.Single(journal.ReadEntries().Entries);
        Assert.Equal([file], read.Files);
        Assert.Equal(entry with
        {
            PredictionId = "abc",
            State = JournalState.Saved,
            Status = "completed",
            SentAt = created.AddSeconds(1),
            UpdatedAt = created.AddSeconds(6),
            Price = 0.0375m,
            Files = read.Files,
        }, read);
        Assert.Equal(
            (created, "https://api.atlascloud.ai", "night run", "a hill", 0.04m, ModelKind.Image, Environment.ProcessId),
            (read.CreatedAt, read.Origin, read.Label, read.Prompt, read.QuotedPrice, read.Kind, read.ProcessId));
        Assert.Equal("abc acme/paint (Saved)", read.ToString());
        Assert.Empty(journal.ReadPending().Entries);
    }

    [Fact]
    public async Task Append_writes_one_JSON_object_per_line_without_the_prompt()
    {
        JournalFile journal = SomeJournal.In(_folder, _clock);
        await journal.Submit("abc");
        string[] lines = File.ReadAllLines(JournalPath);
        Assert.Equal(2, lines.Length);
        Assert.All(lines, l => Assert.StartsWith("{\"event\":\"", l, StringComparison.Ordinal));
        Assert.DoesNotContain("prompt", string.Concat(lines), StringComparison.Ordinal);
        Assert.EndsWith("\n", File.ReadAllText(JournalPath), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadPending_returns_entries_whose_result_may_still_have_to_be_collected()
    {
        JournalFile journal = SomeJournal.In(_folder, _clock);
        string intent = await journal.Submit();
        _clock.Advance(TimeSpan.FromTicks(1));
        string unknown = await journal.Submit();
        _clock.Advance(TimeSpan.FromTicks(1));
        await journal.AppendUnknownAsync(unknown, _clock.GetUtcNow(), "The connection was lost.");
        string submitted = await journal.Submit("submitted");
        _clock.Advance(TimeSpan.FromTicks(1));
        string completed = await journal.Submit("completed");
        await journal.AppendStatusAsync(completed, SomeJournal.Prediction("completed", PredictionState.Succeeded));
        await journal.AppendSavedAsync(completed, [new SavedFile { Path = "/one.png" }], isComplete: false);
        string failed = await journal.Submit("failed");
        await journal.AppendStatusAsync(failed, SomeJournal.Prediction("failed", PredictionState.Failed));
        await journal.AppendRefusedAsync(await journal.Submit(), "HTTP 400");
        await journal.AppendClosedAsync(await journal.Submit("closed"), "The result has expired.");
        await journal.AppendSavedAsync(await journal.Submit("saved"), [], isComplete: true);

        JournalContent pending = journal.ReadPending();
        Assert.Equal([intent, unknown, submitted, completed], pending.Entries.Select(e => e.JournalId));
        Assert.Equal([intent, unknown, submitted, completed], pending.Entries.Select(e => e.JournalId).Order(StringComparer.Ordinal));
        Assert.Equal(
            [JournalState.Intent, JournalState.Unknown, JournalState.InFlight, JournalState.Succeeded], pending.Entries.Select(e => e.State));
        Assert.Equal(8, journal.ReadEntries().Entries.Count);
    }

    [Fact]
    public async Task Late_line_does_not_revert_a_more_advanced_state()
    {
        JournalFile journal = SomeJournal.In(_folder, _clock);
        string id = await journal.Submit("abc");
        await journal.AppendUnknownAsync(id, _clock.GetUtcNow(), "late");
        Assert.Equal(JournalState.InFlight, StateOf(journal, id));
        await journal.AppendStatusAsync(id, SomeJournal.Prediction("abc", PredictionState.Succeeded));
        await journal.AppendIdAsync(id, SomeJournal.Prediction("abc"));
        await journal.AppendStatusAsync(id, SomeJournal.Prediction("abc", PredictionState.Failed));
        Assert.Equal(JournalState.Succeeded, StateOf(journal, id));
        await journal.AppendSavedAsync(id, [], isComplete: true);
        await journal.AppendStatusAsync(id, SomeJournal.Prediction("abc", PredictionState.Succeeded));
        await journal.AppendClosedAsync(id, "late");
        Assert.Equal(JournalState.Saved, StateOf(journal, id));
    }

    [Fact]
    public async Task Closed_entry_is_reopened_when_its_ID_is_found()
    {
        JournalFile journal = SomeJournal.In(_folder, _clock);
        string id = await journal.Submit();
        await journal.AppendClosedAsync(id, "It is not in the history.");
        Assert.Empty(journal.ReadPending().Entries);
        await journal.AppendIdAsync(id, SomeJournal.Prediction("found"));
        Assert.Equal("found", Assert.Single(journal.ReadPending().Entries).PredictionId);
    }

    [Fact]
    public async Task AppendIntent_records_a_request_that_is_cancelled_during_the_write_as_refused()
    {
        JournalFile journal = SomeJournal.In(_folder, limits: new JournalLimits { LockTimeout = TimeSpan.FromMinutes(1) });
        using CancellationTokenSource cancellation = new();
        using (new FileStream(JournalPath + JournalFile.LockSuffix, FileMode.Create, FileAccess.ReadWrite, FileShare.None))
        {
            Task<JournalEntry> append = journal.AppendIntentAsync(SomeJournal.Intent(), cancellation.Token);
            await cancellation.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => append);
        }

        await journal.Submit("after");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => journal.AppendIntentAsync(SomeJournal.Intent(), cancellation.Token));
        Assert.Equal([JournalState.Refused, JournalState.InFlight], journal.ReadEntries().Entries.Select(e => e.State));
    }

    [Fact]
    public async Task AppendIntent_that_is_canceled_returns_once_the_entry_is_recorded_as_refused()
    {
        TimeSpan unlimited = TimeSpan.FromMinutes(1);
        JournalFile journal = SomeJournal.In(_folder, limits: new JournalLimits { LockTimeout = unlimited, CancelTimeout = unlimited });
        using CancellationTokenSource cancellation = new();
        Task<JournalEntry> append;
        using (new FileStream(JournalPath + JournalFile.LockSuffix, FileMode.Create, FileAccess.ReadWrite, FileShare.None))
        {
            append = journal.AppendIntentAsync(SomeJournal.Intent(), cancellation.Token);
            await cancellation.CancelAsync();
        }

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => append);
        Assert.Equal(JournalState.Refused, Assert.Single(journal.ReadEntries().Entries).State);
    }

    [Fact]
    public async Task Concurrent_appends_by_several_instances_lose_no_entry()
    {
        JournalFile[] journals = [.. Enumerable.Range(0, 4).Select(_ => SomeJournal.In(_folder))];
        string[] ids = await Task.WhenAll(Enumerable.Range(0, 400).Select(i => Task.Run(() => journals[i % 4].Submit($"task{i}"))));
        JournalContent content = journals[0].ReadPending();
        Assert.Equal(0, content.DamagedLines);
        Assert.Equal(ids.Order(StringComparer.Ordinal), content.Entries.Select(e => e.JournalId).Order(StringComparer.Ordinal));
        Assert.Equal(Enumerable.Range(0, 400).Select(i => $"task{i}").Order(), content.Entries.Select(e => e.PredictionId).Order());
    }

    [Fact]
    public async Task Append_creates_the_file_again_if_it_was_deleted()
    {
        JournalFile journal = SomeJournal.In(_folder, _clock);
        string id = await journal.Submit();
        File.Delete(JournalPath);
        Assert.True(await journal.AppendIdAsync(id, SomeJournal.Prediction("abc")));
        JournalEntry entry = Assert.Single(journal.ReadPending().Entries);
        Assert.Equal(("abc", "acme/paint"), (entry.PredictionId, entry.Model));
    }

    [Fact]
    public async Task Journal_lock_and_archive_are_readable_by_their_owner_only()
    {
        string path = Path.Join(_folder.Path, "state", "journal.jsonl");
        JournalFile journal = _folder.Own(JournalFile.Open(path, _clock, SomeJournal.Restless with { MaxSettledEntries = 0 })!);
        await journal.AppendRefusedAsync(await journal.Submit(), "HTTP 400");
        Assert.True(await journal.CompactAsync());
        Assert.Equal(3, Directory.GetFiles(Path.GetDirectoryName(path)!).Length);
        if (!OperatingSystem.IsWindows())
        {
            UnixFileMode own = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            foreach (string file in Directory.GetFiles(Path.GetDirectoryName(path)!))
            {
                Assert.Equal(own, File.GetUnixFileMode(file));
            }

            Assert.Equal(own | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(path)!));
        }
    }

    [Fact]
    public async Task Open_resolves_links_so_that_all_writers_use_the_same_lock()
    {
        if (OperatingSystem.IsWindows())
        {
            // On Windows, creating a symbolic link requires a privilege.
            return;
        }

        await SomeJournal.In(_folder, _clock).Submit();
        string link = Path.Join(_folder.Path, "link");
        File.CreateSymbolicLink(link, JournalPath);
        JournalFile linked = _folder.Own(JournalFile.Open(link, _clock)!);
        await linked.Submit();
        Assert.Equal(2, SomeJournal.In(_folder, _clock).ReadPending().Entries.Count);
        Assert.True(await linked.CompactAsync());
        Assert.Equal(JournalPath, linked.Path);
        Assert.NotNull(new FileInfo(link).LinkTarget);
    }

    [Fact]
    public async Task Append_masks_keys_in_texts()
    {
        JournalFile journal = SomeJournal.In(_folder, _clock);
        JournalEntry entry = await journal.AppendIntentAsync(
            SomeJournal.Intent() with { Prompt = "apikey-0123456789abcdef", Label = "apikey-0123456789abcdef" }, CancellationToken.None);
        await journal.AppendRefusedAsync(entry.JournalId, "Bearer apikey-0123456789abcdef was refused.");
        Assert.DoesNotContain("0123456789abcdef", File.ReadAllText(JournalPath), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Append_warns_once_if_the_journal_cannot_be_written()
    {
        File.WriteAllText(Path.Join(_folder.Path, "file"), "");
        JournalFile journal = _folder.Own(JournalFile.Open(Path.Join(_folder.Path, "file", "journal.jsonl"), _clock)!);
        await AssertWarnsOnce(journal);
    }

    [Fact]
    public async Task Append_warns_once_if_the_path_is_a_folder()
    {
        Directory.CreateDirectory(JournalPath);
        await AssertWarnsOnce(SomeJournal.In(_folder, _clock));
    }

    [Fact]
    public async Task Append_waits_once_for_a_lock_that_is_never_released()
    {
        JournalFile journal = SomeJournal.In(_folder, _clock, new JournalLimits { LockTimeout = TimeSpan.FromSeconds(2), LockClock = _clock });
        using FileStream held = new(JournalPath + JournalFile.LockSuffix, FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        DateTimeOffset start = _clock.GetUtcNow();
        await AssertWarnsOnce(journal);
        Assert.InRange(_clock.GetUtcNow() - start, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3));
        held.Dispose();
        await journal.Submit("abc");
        Assert.Single(journal.ReadPending().Entries);
    }

    [Fact]
    public async Task Append_waits_for_the_lock_in_real_time_whatever_the_clock_of_the_client_is()
    {
        JournalFile journal = SomeJournal.In(_folder, _clock, new JournalLimits { LockTimeout = TimeSpan.FromMinutes(1) });
        FileStream held = new(JournalPath + JournalFile.LockSuffix, FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        Task<string> submitted = journal.Submit("abc");
        _clock.Advance(TimeSpan.FromHours(1));
        held.Dispose();
        await submitted;
        Assert.Single(journal.ReadPending().Entries);
    }

    [Fact]
    public async Task Append_drops_a_prompt_that_exceeds_the_maximum_line_length()
    {
        JournalFile journal = SomeJournal.In(_folder, _clock);
        await journal.AppendIntentAsync(SomeJournal.Intent() with { Prompt = new string('x', 2_000_000) }, CancellationToken.None);
        JournalEntry entry = Assert.Single(journal.ReadPending().Entries);
        Assert.Equal((null, "acme/paint"), (entry.Prompt, entry.Model));
    }

    private static async Task AssertWarnsOnce(JournalFile journal)
    {
        List<string> warnings = [];
        using (Warnings(warnings))
        {
            JournalEntry entry = await journal.AppendIntentAsync(SomeJournal.Intent(), CancellationToken.None);
            Assert.Equal("acme/paint", entry.Model);
            Assert.False(await journal.AppendIdAsync(entry.JournalId, SomeJournal.Prediction("abc")));
            Assert.False(await journal.AppendRefusedAsync(entry.JournalId, "HTTP 400"));
        }

        Assert.Contains("Cannot write the journal", Assert.Single(warnings), StringComparison.Ordinal);
    }

    private static IDisposable Warnings(List<string> warnings) => new AtlasCloudLog((level, text) =>
    {
        if (level == AtlasCloudLogLevel.Warning)
        {
            lock (warnings)
            {
                warnings.Add(text);
            }
        }
    }).Listen();

    private static JournalState StateOf(JournalFile journal, string id) => journal.ReadEntries().Entries.Single(e => e.JournalId == id).State;
}
