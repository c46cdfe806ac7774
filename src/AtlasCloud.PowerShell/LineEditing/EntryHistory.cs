namespace AtlasCloud.PowerShell.LineEditing;

/// <summary>Earlier entries, and the one that is being edited.</summary>
internal sealed class EntryHistory
{
    private readonly List<string> _entries = [];
    private string _draft = "";
    private int _index;

    /// <summary>Adds an entry, unless it repeats the last one.</summary>
    internal void Add(string entry)
    {
        if (entry.Length > 0 && _entries.LastOrDefault() != entry)
        {
            _entries.Add(entry);
        }

        _index = _entries.Count;
    }

    /// <summary>Returns the entry before the current one; null if there is none.</summary>
    /// <param name="current">The text that is being edited. It comes back after the last entry.</param>
    internal string? MoveBack(string current)
    {
        if (_index == 0)
        {
            return null;
        }

        _draft = _index == _entries.Count ? current : _draft;
        return _entries[--_index];
    }

    /// <summary>Returns the entry after the current one; null if there is none.</summary>
    internal string? MoveForward() => _index == _entries.Count ? null : ++_index == _entries.Count ? _draft : _entries[_index];
}
