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

    private readonly Dictionary<object, int> _items = [];
    private bool _isCommandShown;

    /// <summary>Shows how far the command is.</summary>
    internal void Report(string activity, string status, double? fraction, TimeSpan? remaining)
    {
        _isCommandShown = true;
        write(Describe(CommandId, activity, status, fraction, remaining));
    }

    /// <summary>Shows how far one item is, as a child of the command.</summary>
    internal void ReportItem(object item, string activity, string status, double? fraction, TimeSpan? remaining)
    {
        if (!_items.TryGetValue(item, out int id))
        {
            if (_items.Count == MaximumItems)
            {
                return;
            }

            id = Enumerable.Range(CommandId + 1, MaximumItems).First(free => !_items.ContainsValue(free));
            _items.Add(item, id);
        }

        ProgressRecord record = Describe(id, activity, status, fraction, remaining);
        record.ParentActivityId = CommandId;
        write(record);
    }

    /// <summary>Takes the bar of an item away.</summary>
    internal void CompleteItem(object item)
    {
        if (_items.Remove(item, out int id))
        {
            Complete(id, CommandId);
        }
    }

    /// <summary>Takes every bar away, the items before their parent.</summary>
    internal void CompleteAll()
    {
        foreach (object item in _items.Keys.ToArray())
        {
            CompleteItem(item);
        }

        if (_isCommandShown)
        {
            _isCommandShown = false;
            Complete(CommandId, parent: -1);
        }
    }

    // A new record each time: who collects progress keeps the object, and must not see it change.
    private static ProgressRecord Describe(int id, string activity, string status, double? fraction, TimeSpan? remaining) =>
        new(id, activity, status)
        {
            PercentComplete = fraction is double done ? (int)(Math.Clamp(done, 0, 1) * 100) : -1,
            SecondsRemaining = remaining is TimeSpan left ? (int)Math.Min(Math.Ceiling(left.TotalSeconds), int.MaxValue) : -1,
        };

    private void Complete(int id, int parent) =>
        write(new ProgressRecord(id, "Done", "Done") { ParentActivityId = parent, RecordType = ProgressRecordType.Completed });
}
