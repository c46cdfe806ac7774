using System.Management.Automation;

namespace AtlasCloud.PowerShell.Pipeline;

/// <summary>
/// Draws the progress of one command: the command itself, and below it the items that it works on. Only for the pipeline thread.
/// </summary>
internal sealed class ProgressReporter(Action<ProgressRecord> write)
{
    private const int CommandId = 0;

    // More bars than this push each other off the screen.
    private const int MaximumItems = 8;

    private readonly Dictionary<object, ProgressRecord> _items = [];
    private ProgressRecord? _command;

    /// <summary>Shows how far the command is.</summary>
    internal void Report(string activity, string status, double? fraction, TimeSpan? remaining)
    {
        _command ??= new ProgressRecord(CommandId, activity, status);
        Show(_command, activity, status, fraction, remaining);
    }

    /// <summary>Shows how far one item is, as a child of the command.</summary>
    internal void ReportItem(object item, string activity, string status, double? fraction, TimeSpan? remaining)
    {
        if (!_items.TryGetValue(item, out ProgressRecord? record))
        {
            if (_items.Count == MaximumItems)
            {
                return;
            }

            record = new ProgressRecord(FreeId(), activity, status) { ParentActivityId = CommandId };
            _items.Add(item, record);
        }

        Show(record, activity, status, fraction, remaining);
    }

    /// <summary>Takes the bar of an item away.</summary>
    internal void CompleteItem(object item)
    {
        if (_items.Remove(item, out ProgressRecord? record))
        {
            Complete(record);
        }
    }

    /// <summary>Takes every bar away, the items before their parent.</summary>
    internal void CompleteAll()
    {
        foreach (object item in _items.Keys.ToArray())
        {
            CompleteItem(item);
        }

        if (_command is not null)
        {
            Complete(_command);
            _command = null;
        }
    }

    private void Show(ProgressRecord record, string activity, string status, double? fraction, TimeSpan? remaining)
    {
        record.Activity = activity;
        record.StatusDescription = status;
        record.PercentComplete = fraction is double done ? (int)(Math.Clamp(done, 0, 1) * 100) : -1;
        record.SecondsRemaining = remaining is TimeSpan left ? (int)Math.Min(Math.Ceiling(left.TotalSeconds), int.MaxValue) : -1;
        write(record);
    }

    private void Complete(ProgressRecord record)
    {
        record.RecordType = ProgressRecordType.Completed;
        write(record);
    }

    private int FreeId() =>
        Enumerable.Range(CommandId + 1, MaximumItems).First(id => _items.Values.All(record => record.ActivityId != id));
}
