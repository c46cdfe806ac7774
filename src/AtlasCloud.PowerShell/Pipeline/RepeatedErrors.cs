using System.Globalization;

namespace AtlasCloud.PowerShell.Pipeline;

/// <summary>Finds the failures of a command that say the same about many inputs, such as an exhausted budget.</summary>
internal sealed class RepeatedErrors
{
    private readonly Dictionary<string, int> _repeats = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);

    /// <summary>Counts a failure. Returns whether the command has shown an equal one.</summary>
    internal bool Add(Exception exception)
    {
        // Errors about a prediction are about that prediction only.
        if (exception is not AtlasCloudException { PredictionId: null } failure || failure.Target is Prediction or JournalEntry)
        {
            return false;
        }

        // The amounts differ from row to row, but the reason does not.
        string key = failure.Kind == AtlasCloudErrorKind.BudgetExceeded ? $"{failure.Kind} {failure.Reason}" : $"{failure.Kind} {failure.Message}";
        _ids[key] = failure.Kind.ToString();
        return !_repeats.TryAdd(key, 0) && ++_repeats[key] > 0;
    }

    /// <summary>One line for each failure that was repeated.</summary>
    internal IEnumerable<string> Summarize() => _repeats.Where(repeat => repeat.Value > 0).Select(repeat => string.Create(
        CultureInfo.InvariantCulture,
        $"{repeat.Value} more {(repeat.Value == 1 ? "input" : "inputs")} failed with the same error ({_ids[repeat.Key]}). $Error and -ErrorVariable contain each error, with its input as TargetObject."));
}
