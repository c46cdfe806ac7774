using System.Security.Cryptography;
using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Chaos;
using AtlasCloud.Emulation.Predictions;

namespace AtlasCloud.Soak;

/// <summary>Compares the charges of the service, the journal and the saved files.</summary>
internal sealed class SoakAudit
{
    private readonly Dictionary<string, string> _files;
    private readonly ILookup<int, Charge> _charges;
    private readonly ILookup<int, JournalEntry> _entries;
    private readonly ILookup<string, string> _faults;
    private readonly Emulator _emulator;
    private readonly string[] _all;

    private SoakAudit(Emulator emulator, IReadOnlyList<JournalEntry> journal, int jobs, string folder, string results)
    {
        (_emulator, Journal, JobCount) = (emulator, journal, jobs);
        Ledger = emulator.Ledger;
        Charges = emulator.Charges;
        _charges = Charges.ToLookup(charge => JobNumber(charge));
        _faults = Ledger.Where(entry => entry is { PredictionId: not null, Fault: not null }).ToLookup(entry => entry.PredictionId!, entry => entry.Fault!);
        _entries = journal.ToLookup(entry => Job.NumberOf(entry.Label) ?? 0);
        _all = Directory.GetFiles(folder, "*", SearchOption.AllDirectories);
        string[] all = [.. _all.Where(path => Path.GetDirectoryName(path) == results)];
        _files = all.Where(path => Path.GetFileName(path)[0] != '.').ToDictionary(path => path, HashOf, StringComparer.Ordinal);
        PartialFiles = [.. all.Except(_files.Keys)];
    }

    internal int JobCount { get; }

    internal IReadOnlyList<LedgerEntry> Ledger { get; }

    internal IReadOnlyList<Charge> Charges { get; }

    internal IReadOnlyList<JournalEntry> Journal { get; }

    /// <summary>The number of files with their final names.</summary>
    internal int FileCount => _files.Count;

    /// <summary>Partial files. A killed worker leaves them behind, and the next worker deletes them.</summary>
    internal IReadOnlyList<string> PartialFiles { get; }

    /// <summary>Whether the service accepted every job and the journal contains its prediction ID.</summary>
    internal bool IsEveryJobAccepted => Enumerable.Range(1, JobCount).All(job => _entries[job].Any(entry => entry.PredictionId is not null));

    /// <summary>The number of tasks that the journal contains although the client did not get the response to their submit.</summary>
    internal int RecoveredTasks
    {
        get
        {
            HashSet<string?> known = [.. Journal.Select(entry => entry.PredictionId)];
            return Ledger.Count(entry =>
                entry.Path.Contains("/model/generate", StringComparison.Ordinal) && known.Contains(entry.PredictionId) && entry.PredictionId is not null
                && !ReturnsId(entry));
        }
    }

    internal static async Task<SoakAudit> ReadAsync(Emulator emulator, WorkerSettings settings, CancellationToken cancellationToken)
    {
        using AtlasCloudClient client = settings.Connect(emulator.ApiKey);
        IReadOnlyList<JournalEntry> journal = await client.Journal.ListAsync(cancellationToken).ConfigureAwait(false);
        return new SoakAudit(emulator, journal, settings.Jobs, settings.Folder, settings.Results);
    }

    /// <summary>Jobs with more than one task.</summary>
    internal IEnumerable<string> DuplicateTasks() => _charges
        .Where(job => job.Count() > 1)
        .Select(job => $"job {job.Key} has {job.Count()} tasks: {string.Join(", ", job.Select(charge => $"{charge.PredictionId} {charge.State} ({FaultsOf(charge.PredictionId)})"))}");

    /// <summary>Jobs without a task, although the journal lists them neither as refused nor as open.</summary>
    internal IEnumerable<string> MissingJobs() => JobsWithoutTask(entries => entries.All(entry => entry.State != JournalState.Refused && !entry.IsOpen));

    /// <summary>Jobs without a task that are open in the journal, because nothing proves that there is none.</summary>
    internal IEnumerable<string> OpenJobs() => JobsWithoutTask(entries => entries.Any(entry => entry.IsOpen));

    /// <summary>The number of tasks with at least one request that got a lie.</summary>
    internal int TasksWithLies => Ledger.Where(entry => entry.Fault is { } fault && KnownLies.All.ContainsKey(fault)).Select(entry => entry.PredictionId).OfType<string>().Distinct().Count();

    /// <summary>Tasks that are neither saved nor open in the journal.</summary>
    internal IEnumerable<string> LostTasks() => Charges.Select(charge => FindLoss(charge)).Where(loss => loss is { IsWrittenOff: false }).Select(loss => loss!.Description);

    /// <summary>Tasks whose entry the journal closed as refused, failed or expired, although the service runs them or has their result.</summary>
    internal IEnumerable<string> WrittenOffTasks() => Charges.Select(charge => FindLoss(charge)).Where(loss => loss is { IsWrittenOff: true }).Select(loss => loss!.Description);

    /// <summary>Files whose name or content contains the API key, also with JSON escapes or zero-width spaces.</summary>
    internal IEnumerable<string> ExposedKeys() => _all.Where(path => KeySearch.Contains(path, _emulator.ApiKey)).Select(path => $"'{Path.GetFileName(path)}' contains the API key");

    /// <summary>Files that belong to no journal entry, or to several.</summary>
    internal IEnumerable<string> OrphanFiles()
    {
        List<string> saved = [.. Journal.SelectMany(entry => entry.Files).Select(file => file.Path)];
        return _files.Keys.Except(saved).Select(path => $"'{Path.GetFileName(path)}' belongs to no journal entry")
            .Concat(saved.GroupBy(path => path, StringComparer.Ordinal).Where(path => path.Count() > 1).Select(path => $"'{Path.GetFileName(path.Key)}' belongs to several journal entries"));
    }

    /// <summary>The faults and lies of the requests that created, read or downloaded a task.</summary>
    private string FaultsOf(string predictionId) => string.Join(" + ", _faults[predictionId].Distinct().DefaultIfEmpty("no faults"));

    private SoakLoss? FindLoss(Charge charge)
    {
        int job = JobNumber(charge);
        EmulatedTask task = _emulator.FindTask(charge.PredictionId)!;
        JournalEntry? entry = Journal.FirstOrDefault(e => e.PredictionId == charge.PredictionId) ?? _entries[job].FirstOrDefault(e => e.IsOpen && e.PredictionId is null);
        string description = $"task {charge.PredictionId} of job {job} ({charge.State}, {FaultsOf(charge.PredictionId)})";
        if (entry is null)
        {
            bool isRefused = _entries[job].Any(e => e is { State: JournalState.Refused or JournalState.Closed, PredictionId: null } && e.UpdatedAt > charge.Time);
            return new SoakLoss($"{description} is missing in the journal: {Describe(_entries[job])}", isRefused);
        }

        if (entry.IsOpen || charge.State == ChargeState.Released)
        {
            return null;
        }

        if (charge.State == ChargeState.Reserved)
        {
            return new SoakLoss($"{description} is running, but its journal state is {entry.State} ({entry.Reason})", IsWrittenOff: true);
        }

        IReadOnlyList<OutputFile> produced = task.HasOutputs ? task.Outputs.Results : [];
        if (produced.Count == 0)
        {
            return entry.State == JournalState.Failed ? null : new SoakLoss($"{description} has no outputs, but its journal state is {entry.State}", IsWrittenOff: false);
        }

        if (entry.State != JournalState.Saved)
        {
            return new SoakLoss($"{description} is not saved; its journal state is {entry.State} ({entry.Reason})", IsWrittenOff: true);
        }

        List<string> expected = [.. produced.Select(item => Convert.ToHexString(SHA256.HashData(item.Render())).ToLowerInvariant()).Order(StringComparer.Ordinal)];
        List<string> actual = [.. entry.Files.Select(file => _files.GetValueOrDefault(file.Path, "missing")).Order(StringComparer.Ordinal)];
        return expected.SequenceEqual(actual) ? null : new SoakLoss($"{description} was saved with different content: {actual.Count} of {expected.Count} files", IsWrittenOff: false);
    }

    private IEnumerable<string> JobsWithoutTask(Func<IEnumerable<JournalEntry>, bool> condition) => Enumerable.Range(1, JobCount)
        .Where(job => !_charges[job].Any() && condition(_entries[job]))
        .Select(job => $"job {job} has no task; journal: {Describe(_entries[job])}");

    private static bool ReturnsId(LedgerEntry entry) => entry switch
    {
        { IsAnswered: false } or { Fault: "empty-body" } => false,
        { Fault: { } fault } when KnownLies.All.ContainsKey(fault) => !fault.StartsWith("unclear-", StringComparison.Ordinal),
        _ => entry.Status == 200,
    };

    private static string Describe(IEnumerable<JournalEntry> entries) =>
        string.Join("; ", entries.Select(entry => $"{entry.State} {entry.PredictionId} ({entry.Reason})").DefaultIfEmpty("no entry"));

    // Speech models call the prompt "text".
    private static int JobNumber(Charge charge)
    {
        JsonNode body = JsonNode.Parse(charge.Body)!;
        return Job.NumberOf((body["prompt"] ?? body["text"])?.ToString()) ?? 0;
    }

    private static string HashOf(string path)
    {
        using FileStream file = File.OpenRead(path);
        return Convert.ToHexString(SHA256.HashData(file)).ToLowerInvariant();
    }
}
