using System.Management.Automation;

namespace AtlasCloud.PowerShell.Pipeline;

/// <summary>
/// Writes the progress of one command, or of the commands of a batch, with its items as children. To be called on the pipeline thread only.
/// </summary>
internal sealed class ProgressReporter
{
    private const int CommandId = 0;

    // More bars do not fit on a screen.
    private const int MaxItems = 8;

    private readonly Dictionary<object, int> _items = [];
    private bool _isCommandShown;

    /// <summary>Writes the progress of the command.</summary>
    internal void Report(Action<ProgressRecord> write, string activity, string status, double? fraction, TimeSpan? remaining)
    {
        _isCommandShown = true;
        write(Describe(CommandId, activity, status, fraction, remaining));
    }

    /// <summary>Writes the progress of an item.</summary>
    internal void ReportItem(Action<ProgressRecord> write, object item, string activity, string status, double? fraction, TimeSpan? remaining)
    {
        if (!_items.TryGetValue(item, out int id))
        {
            if (_items.Count == MaxItems)
            {
                return;
            }

            id = Enumerable.Range(CommandId + 1, MaxItems).First(free => !_items.ContainsValue(free));
            _items.Add(item, id);
        }

        ProgressRecord record = Describe(id, activity, status, fraction, remaining);
        record.ParentActivityId = CommandId;
        write(record);
    }

    /// <summary>Removes the bar of an item.</summary>
    internal void CompleteItem(Action<ProgressRecord> write, object item)
    {
        if (_items.Remove(item, out int id))
        {
            Complete(write, id, CommandId);
        }
    }

    /// <summary>Removes all bars, the items before the command.</summary>
    internal void CompleteAll(Action<ProgressRecord> write)
    {
        foreach (object item in _items.Keys.ToArray())
        {
            CompleteItem(write, item);
        }

        if (_isCommandShown)
        {
            _isCommandShown = false;
            Complete(write, CommandId, parent: -1);
        }
    }

    // A new record each time, since hosts may keep records.
    private static ProgressRecord Describe(int id, string activity, string status, double? fraction, TimeSpan? remaining) =>
        new(id, activity, status)
        {
            PercentComplete = fraction is double done ? (int)(Math.Clamp(done, 0, 1) * 100) : -1,
            SecondsRemaining = remaining is TimeSpan left ? (int)Math.Min(Math.Ceiling(left.TotalSeconds), int.MaxValue) : -1,
        };

    private static void Complete(Action<ProgressRecord> write, int id, int parent) =>
        write(new ProgressRecord(id, "Done", "Done") { ParentActivityId = parent, RecordType = ProgressRecordType.Completed });
}
