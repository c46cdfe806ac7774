using System.Text;

namespace AtlasCloud.Emulation.Chat;

/// <summary>What the emulator says: always the same to the same question, so that tests can rely on it.</summary>
/// <param name="Text">The answer.</param>
/// <param name="FinishReason"><c>stop</c>, or <c>length</c> where the limit cut it.</param>
/// <param name="Tokens">The tokens that are counted for it.</param>
internal sealed record ChatAnswer(string Text, string FinishReason, long Tokens)
{
    /// <summary>Answers a conversation within a limit of words.</summary>
    internal static ChatAnswer To(Conversation conversation, int? maximumTokens)
    {
        StringBuilder text = new();
        if (conversation.LastRole == "tool")
        {
            text.Append("The tool said: ");
        }
        else
        {
            text.Append("You said: ");
        }

        text.Append(conversation.LastText);
        Append(text, conversation.Images, "image");
        Append(text, conversation.Videos, "video");
        Append(text, conversation.Sounds, "sound");
        List<string> words = Words(text.ToString());
        if (maximumTokens is not { } limit || words.Count <= limit)
        {
            return new ChatAnswer(text.ToString(), "stop", words.Count);
        }

        return new ChatAnswer(string.Concat(words.Take(limit)), "length", limit);
    }

    /// <summary>Cuts a text after each blank. The pieces put together are the text.</summary>
    internal static List<string> Words(string text)
    {
        List<string> words = [];
        int start = 0;
        while (start < text.Length)
        {
            int blank = text.IndexOf(' ', start);
            int end = blank < 0 ? text.Length : blank + 1;
            words.Add(text[start..end]);
            start = end;
        }

        return words;
    }

    private static void Append(StringBuilder text, int count, string noun)
    {
        if (count > 0)
        {
            text.Append(' ').Append('(').Append(count).Append(' ').Append(noun).Append(count == 1 ? "" : "s").Append(')');
        }
    }
}
