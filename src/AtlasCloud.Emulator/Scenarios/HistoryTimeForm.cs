namespace AtlasCloud.Emulation.Scenarios;

/// <summary>The forms of the time of a task in the history.</summary>
internal enum HistoryTimeForm
{
    /// <summary>Seconds as text.</summary>
    SecondsText,

    Seconds,

    Milliseconds,

    MillisecondsText,

    Iso,
}
