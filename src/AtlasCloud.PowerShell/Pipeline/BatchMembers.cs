namespace AtlasCloud.PowerShell.Pipeline;

/// <summary>The commands of a batch, and which other commands belong to it. To be used on the pipeline thread.</summary>
/// <remarks>
/// The engine does not say to which pipeline a command belongs. It calls BeginProcessing of all commands of a pipeline, in their order, before it sends them
/// input. A command that begins later is in a pipeline inside this one, such as in the script block of ForEach-Object. Two cases differ:
/// - A command that writes output when it begins sends input to those after it, which can begin later still. Their positions show that they follow.
/// - The command of a proxy function is in a pipeline of its own, which begins with the function.
/// </remarks>
internal sealed class BatchMembers
{
    private readonly List<object> _members = [];
    private readonly HashSet<BatchStage> _stages = [];
    private PipelinePlace _last;
    private BatchStage _lastStage;
    private object? _first;
    private bool _hasInput;
    private bool _hasAllInput;

    /// <summary>Whether all commands have left.</summary>
    internal bool IsEmpty => _members.Count == 0;

    /// <summary>Whether a command does this, or did before it left.</summary>
    internal bool Includes(BatchStage stage) => _stages.Contains(stage);

    /// <summary>Whether a command that begins belongs to the batch.</summary>
    internal bool Accepts(BatchStage stage, PipelinePlace place)
    {
        // The first command of a pipeline follows no other.
        if (IsEmpty || !place.HasInput)
        {
            return false;
        }

        bool follows = place.Position > _last.Position && (place.Length == _last.Length || (_last.IsAlone && !_hasInput));
        bool isProxy = place.IsAlone && !_hasInput && stage >= _lastStage && (_last.IsAlone || _last.Position < _last.Length);
        return (follows && !_hasAllInput) || isProxy;
    }

    /// <summary>Adds a command.</summary>
    internal void Add(object member, BatchStage stage, PipelinePlace place)
    {
        _members.Add(member);
        _stages.Add(stage);
        _lastStage = stage;
        if (_members.Count == 1 || !place.IsAlone)
        {
            _last = place;
        }

        if (place.Position == 1 && !place.IsAlone)
        {
            _first = member;
        }
    }

    /// <summary>Declares that a command has received input, or its end.</summary>
    internal void AddInput(object member)
    {
        _hasInput = true;

        // The first command of a pipeline receives input after all others have begun.
        _hasAllInput |= ReferenceEquals(member, _first);
    }

    /// <summary>Removes a command. Returns whether it was the last one.</summary>
    internal bool Remove(object member) => _members.Remove(member) && _members.Count == 0;
}
