namespace AtlasCloud.Text;

/// <summary>Masks the API key in text that arrives in pieces, also if it is split between them. Holds back only what can be the start of the key.</summary>
internal sealed class KeyStreamMasker(string? key)
{
    // So much of the key is not worth a delay: every key starts with the same letters, and ordinary words do too.
    private const int MinHeldCharacters = 4;

    // Invisible characters within the key could otherwise be held without end.
    private const int MaxHeldLength = 64 * 1024;

    private string _pending = "";
    private int _emitted;

    /// <summary>Adds the next piece.</summary>
    /// <returns>The text that can be shown by now.</returns>
    internal string Add(string piece)
    {
        if (piece.Length == 0 || key is not { Length: >= KeyMasker.MinKeyLength })
        {
            return piece;
        }

        if (_pending.Length == 0 && !KeyMasker.CanStart(piece, key))
        {
            return piece;
        }

        string text = KeyMasker.Mask(_pending + piece, key);
        int emitted = text.StartsWith(_pending[.._emitted], StringComparison.Ordinal) ? _emitted : 0;
        (int start, int matched) = KeyMasker.FindPartial(text, key);
        if (start >= 0 && text.Length - start > MaxHeldLength)
        {
            (text, start, matched) = (matched < MinHeldCharacters ? text : text[..start] + "***", -1, 0);
        }

        int end = matched >= MinHeldCharacters ? Math.Max(start, emitted) : text.Length;
        (_pending, _emitted) = start < 0 ? ("", 0) : (text[start..], Math.Max(0, end - start));
        return text[Math.Min(emitted, end)..end];
    }

    /// <summary>Returns what was held back: the text ends here.</summary>
    internal string Flush()
    {
        string rest = _pending[_emitted..];
        (_pending, _emitted) = ("", 0);
        return rest;
    }
}
