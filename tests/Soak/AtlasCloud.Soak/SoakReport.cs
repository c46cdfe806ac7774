using System.Globalization;

namespace AtlasCloud.Soak;

/// <summary>What came of a run: figures, and everything that must not be.</summary>
internal sealed class SoakReport
{
    private readonly SoakSettings _settings;
    private readonly SoakAudit _audit;
    private readonly IReadOnlyList<string> _duplicateTasks;
    private readonly IReadOnlyList<string> _lostTasks;

    internal SoakReport(SoakSettings settings, SoakAudit audit, IReadOnlyList<string> crashes)
    {
        (_settings, _audit) = (settings, audit);
        _duplicateTasks = [.. audit.DuplicateTasks()];
        _lostTasks = [.. audit.LostTasks()];
        Violations =
        [
            .. crashes.Select(crash => $"a worker ended by itself: {crash}"),
            .. _duplicateTasks,
            .. _lostTasks,
            .. audit.MissingJobs(),
            .. audit.OrphanFiles(),
            .. audit.PartialFiles.Select(path => $"'{Path.GetFileName(path)}' was left unfinished"),
        ];
    }

    /// <summary>What must not be; empty where all is well.</summary>
    internal IReadOnlyList<string> Violations { get; }

    internal int Starts { get; init; }

    internal int Kills { get; init; }

    internal TimeSpan Elapsed { get; init; }

    internal int DuplicateTasks => _duplicateTasks.Count;

    internal int LostTasks => _lostTasks.Count;

    internal int RecoveredTasks => _audit.RecoveredTasks;

    /// <summary>How many tasks the service had.</summary>
    internal int Tasks => _audit.Charges.Count;

    /// <summary>How many requests met a fault.</summary>
    internal int Faults => _audit.Ledger.Count(entry => entry.Fault is not null);

    /// <summary>How many kinds of faults were met.</summary>
    internal int FaultKinds => _audit.Ledger.Select(entry => entry.Fault).OfType<string>().Distinct().Count();

    internal void Write(TextWriter output, bool withFaults)
    {
        if (withFaults)
        {
            foreach (IGrouping<string, LedgerEntry> fault in _audit.Ledger.Where(e => e.Fault is not null).GroupBy(e => e.Fault!).OrderByDescending(f => f.Count()))
            {
                WriteRow(output, "  " + fault.Key, fault.Count());
            }
        }

        WriteRow(output, "jobs", _settings.Jobs);
        WriteRow(output, "requests", _audit.Ledger.Count);
        WriteRow(output, "submits", _audit.Ledger.Count(entry => entry.Path.Contains("/model/generate", StringComparison.Ordinal)));
        WriteRow(output, "faults", Faults);
        WriteRow(output, "kinds of faults", FaultKinds);
        WriteRow(output, "workers started", Starts);
        WriteRow(output, "workers killed", Kills);
        WriteRow(output, "tasks", Tasks);
        WriteRow(output, "tasks charged", _audit.Charges.Count(charge => charge.State == ChargeState.Charged));
        WriteRow(output, "adopted from history", RecoveredTasks);
        WriteRow(output, "files", _audit.FileCount);
        WriteRow(output, "entries open", _audit.Journal.Count(entry => entry.IsOpen));
        WriteRow(output, "jobs refused", _audit.Journal.GroupBy(entry => entry.Label).Count(job => job.All(entry => entry.State == JournalState.Refused)));
        WriteRow(output, "charged twice", DuplicateTasks);
        WriteRow(output, "lost", LostTasks);
        WriteRow(output, "seconds", Math.Round(Elapsed.TotalSeconds, 1));
        foreach (string violation in Violations.Take(20))
        {
            output.WriteLine($"VIOLATED  {violation}");
        }
    }

    private static void WriteRow(TextWriter output, string name, IFormattable value) =>
        output.WriteLine($"{name,-36}{value.ToString("N", s_integerFormat),12}");

    private static readonly NumberFormatInfo s_integerFormat = new() { NumberDecimalDigits = 0 };
}
