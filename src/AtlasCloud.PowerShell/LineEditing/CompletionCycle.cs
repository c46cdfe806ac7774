namespace AtlasCloud.PowerShell.LineEditing;

/// <summary>The texts that successive Tab keys insert.</summary>
/// <param name="texts">The texts that can replace the text before the cursor.</param>
/// <param name="tail">The text after the cursor.</param>
internal sealed class CompletionCycle(IReadOnlyList<string> texts, string tail)
{
    private int _index = -1;

    internal string Tail => tail;

    /// <summary>Returns the next or the previous text; null if there is none.</summary>
    internal string? Move(int step)
    {
        if (texts.Count == 0)
        {
            return null;
        }

        _index = _index < 0 && step < 0 ? texts.Count - 1 : (_index + step + texts.Count) % texts.Count;
        return texts[_index];
    }
}
