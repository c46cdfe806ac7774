namespace AtlasCloud.Emulation.Chat;

/// <summary>The pieces in which an answer is counted and streamed.</summary>
internal static class Words
{
    private const int MaximumLength = 16;

    /// <summary>Cuts a text after each blank, and within long words. The pieces put together are the text.</summary>
    internal static List<string> Of(string text)
    {
        List<string> words = [];
        int start = 0;
        while (start < text.Length)
        {
            int end = Math.Min(start + MaximumLength, text.Length);
            int blank = text.IndexOf(' ', start, end - start);
            if (blank >= 0)
            {
                end = blank + 1;
            }
            else if (end < text.Length && char.IsLowSurrogate(text[end]))
            {
                end++;
            }

            words.Add(text[start..end]);
            start = end;
        }

        return words;
    }
}
