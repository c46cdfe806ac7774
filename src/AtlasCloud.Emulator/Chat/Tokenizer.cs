namespace AtlasCloud.Emulation.Chat;

/// <summary>Splits text into the emulator's tokens, which are also the chunks of a stream.</summary>
internal static class Tokenizer
{
    private const int MaximumLength = 16;

    /// <summary>Splits after each space, and within long words. The joined tokens are the text.</summary>
    internal static List<string> Split(string text)
    {
        List<string> tokens = [];
        int start = 0;
        while (start < text.Length)
        {
            int end = Math.Min(start + MaximumLength, text.Length);
            int space = text.IndexOf(' ', start, end - start);
            if (space >= 0)
            {
                end = space + 1;
            }
            else if (end < text.Length && char.IsLowSurrogate(text[end]))
            {
                end++;
            }

            tokens.Add(text[start..end]);
            start = end;
        }

        return tokens;
    }
}
