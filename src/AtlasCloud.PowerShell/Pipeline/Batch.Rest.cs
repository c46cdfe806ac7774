namespace AtlasCloud.PowerShell.Pipeline;

/// <content>What is left when the pipeline is stopped.</content>
internal sealed partial class Batch
{
    private readonly HashSet<string> _innerRunning = new(StringComparer.Ordinal);
    private readonly HashSet<string> _innerUnsaved = new(StringComparer.Ordinal);
    private bool _isLeft;

    /// <summary>Removes a command. If no other is left and the pipeline was stopped, returns what <see cref="DescribeRest"/> does, once; otherwise null.</summary>
    internal string? Leave(object member)
    {
        bool isLast = Members.Remove(member);

        // The last command may have left when it ended, before the stop was noticed.
        if (_isLeft || !(isLast || (IsStopped && Members.IsEmpty)))
        {
            return null;
        }

        _isLeft = true;
        if (_outer is not { Members.IsEmpty: false } outer)
        {
            return IsStopped ? DescribeRest() : null;
        }

        // A stop ends the pipeline around this one too, which describes both. Its commands may hear of the stop although this one ended before that.
        outer.AddRest(this);
        return null;
    }

    /// <summary>What continues at the service after the pipeline was stopped, and how to collect it; null if nothing does.</summary>
    internal string? DescribeRest()
    {
        lock (_lock)
        {
            (HashSet<string> runningIds, HashSet<string> unsavedIds) = GetRest();
            (int running, int unsaved) = (runningIds.Count, unsavedIds.Count);
            string[] rest =
            [
                .. running > 0 ? [Invariant($"{running} {(running == 1 ? "prediction continues" : "predictions continue")} on the service and will be charged")] : Array.Empty<string>(),
                .. unsaved > 0 ? [Invariant($"{unsaved} finished {(unsaved == 1 ? "prediction is" : "predictions are")} not saved")] : Array.Empty<string>(),
            ];
            string source = HasJournal ? "-Pending" : Invariant($"-History | Select-Object -First {running + unsaved}");
            string advice = _isRepeatable == true && HasJournal
                ? "To collect the results and pay only for what is missing, run the same command again with -Reuse"
                : $"To collect the results, run: Get-AtlasPrediction {source} | Wait-AtlasPrediction | Save-AtlasOutput";
            return rest.Length == 0 ? null : $"Stopped: {string.Join(", and ", rest)}. {advice}";
        }
    }

    private void AddRest(Batch inner)
    {
        (HashSet<string> running, HashSet<string> unsaved) = inner.GetRest();
        lock (_lock)
        {
            _innerRunning.UnionWith(running);
            _innerUnsaved.UnionWith(unsaved);
            IsStopped |= inner.IsStopped;
            HasJournal &= inner.HasJournal;
            _isRepeatable = inner._isRepeatable is bool isRepeatable ? isRepeatable && _isRepeatable != false : _isRepeatable;
        }
    }

    private (HashSet<string> Running, HashSet<string> Unsaved) GetRest()
    {
        lock (_lock)
        {
            IEnumerable<string> unsaved = Members.Includes(BatchStage.Save) ? _ended.Where(id => !IsFailed(id) && !_saved.Contains(id)) : [];
            HashSet<string> allUnsaved = [.. unsaved, .. _innerUnsaved];
            return ([.. _predictions.Keys.Except(_ended).Union(_innerRunning).Except(allUnsaved)], allUnsaved);
        }
    }
}
