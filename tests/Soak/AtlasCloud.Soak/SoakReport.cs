using System.Globalization;

namespace AtlasCloud.Soak;

/// <summary>What came of a run: figures, and everything that must not be.</summary>
internal sealed class SoakReport
{
    private readonly SoakSettings _settings;
    private readonly Books _books;
    private readonly IReadOnlyList<string> _paidTwice;
    private readonly IReadOnlyList<string> _lost;

    internal SoakReport(SoakSettings settings, Books books, IReadOnlyList<string> crashes)
    {
        (_settings, _books) = (settings, books);
        _paidTwice = [.. books.PaidTwice()];
        _lost = [.. books.Lost()];
        Violations =
        [
            .. crashes.Select(crash => $"a worker ended by itself: {crash}"),
            .. _paidTwice,
            .. _lost,
            .. books.Forgotten(),
            .. books.Strangers(),
            .. books.LeftBehind.Select(path => $"'{Path.GetFileName(path)}' was left unfinished"),
        ];
    }

    /// <summary>What must not be; empty where all is well.</summary>
    internal IReadOnlyList<string> Violations { get; }

    internal int Starts { get; init; }

    internal int Kills { get; init; }

    internal TimeSpan Elapsed { get; init; }

    internal int PaidTwice => _paidTwice.Count;

    internal int Lost => _lost.Count;

    internal int Adopted => _books.Adopted;

    /// <summary>How many tasks the service had.</summary>
    internal int Tasks => _books.Charges.Count;

    /// <summary>How many requests met a fault.</summary>
    internal int Faults => _books.Ledger.Count(entry => entry.Fault is not null);

    /// <summary>How many kinds of faults were met.</summary>
    internal int KindsOfFaults => _books.Ledger.Select(entry => entry.Fault).OfType<string>().Distinct().Count();

    internal void Write(TextWriter output, bool withFaults)
    {
        if (withFaults)
        {
            foreach (IGrouping<string, LedgerEntry> fault in _books.Ledger.Where(e => e.Fault is not null).GroupBy(e => e.Fault!).OrderByDescending(f => f.Count()))
            {
                Row(output, "  " + fault.Key, fault.Count());
            }
        }

        Row(output, "jobs", _settings.Jobs);
        Row(output, "requests", _books.Ledger.Count);
        Row(output, "submits", _books.Ledger.Count(entry => entry.Path.Contains("/model/generate", StringComparison.Ordinal)));
        Row(output, "faults", Faults);
        Row(output, "kinds of faults", KindsOfFaults);
        Row(output, "workers started", Starts);
        Row(output, "workers killed", Kills);
        Row(output, "tasks", Tasks);
        Row(output, "tasks charged", _books.Charges.Count(charge => charge.State == ChargeState.Charged));
        Row(output, "adopted from history", Adopted);
        Row(output, "files", _books.Files);
        Row(output, "entries open", _books.Journal.Count(entry => entry.IsOpen));
        Row(output, "jobs refused", _books.Journal.GroupBy(entry => entry.Label).Count(job => job.All(entry => entry.State == JournalState.Refused)));
        Row(output, "charged twice", PaidTwice);
        Row(output, "lost", Lost);
        Row(output, "seconds", Math.Round(Elapsed.TotalSeconds, 1));
        foreach (string violation in Violations.Take(20))
        {
            output.WriteLine($"VIOLATED  {violation}");
        }
    }

    private static void Row(TextWriter output, string name, IFormattable value) =>
        output.WriteLine($"{name,-36}{value.ToString("N", s_figures),12}");

    private static readonly NumberFormatInfo s_figures = new() { NumberDecimalDigits = 0 };
}
