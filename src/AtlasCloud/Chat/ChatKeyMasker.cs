using AtlasCloud.Text;

namespace AtlasCloud.Chat;

/// <summary>Masks the API key in a streamed answer, whose text can be split anywhere. Each event was masked on its own when it was read.</summary>
internal sealed class ChatKeyMasker(string? key)
{
    private readonly KeyStreamMasker _text = new(key);
    private readonly KeyStreamMasker _reasoning = new(key);

    /// <summary>The event with the text that can be shown by now.</summary>
    internal ChatEvent Mask(ChatEvent read)
    {
        string text = _text.Add(read.Text);
        string? reasoning = read.Reasoning is null ? null : _reasoning.Add(read.Reasoning);
        return ReferenceEquals(text, read.Text) && ReferenceEquals(reasoning, read.Reasoning) ? read : read with { Text = text, Reasoning = reasoning };
    }

    /// <summary>An event with what was held back when the stream ended; null if nothing was.</summary>
    internal ChatEvent? Flush()
    {
        (string text, string reasoning) = (_text.Flush(), _reasoning.Flush());
        return text.Length + reasoning.Length == 0 ? null : new ChatEvent { Text = text, Reasoning = reasoning.Length > 0 ? reasoning : null };
    }

    /// <summary>The reply with the arguments of its tool calls masked, which arrive in pieces too.</summary>
    internal ChatReply Mask(ChatReply reply) => reply with { ToolCalls = [.. reply.ToolCalls.Select(c => c with { Arguments = KeyMasker.Mask(c.Arguments, key) })] };
}
