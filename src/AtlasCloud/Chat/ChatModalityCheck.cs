using AtlasCloud.Chat.Protocols;

namespace AtlasCloud.Chat;

/// <summary>Whether a protocol and a model take the media of a conversation: asked before anything is uploaded or paid for.</summary>
internal static class ChatModalityCheck
{
    /// <exception cref="AtlasCloudException">One of them does not.</exception>
    internal static void Check(ChatRequest request, ChatProtocol protocol, Model? model)
    {
        Check(MediaKind.Image, request.Images.Count > 0 || request.Messages.Any(m => m.Images.Count > 0), protocol, model);
        Check(MediaKind.Video, request.Videos.Count > 0 || request.Messages.Any(m => m.Videos.Count > 0), protocol, model);
        Check(MediaKind.Audio, request.Audios.Count > 0 || request.Messages.Any(m => m.Audios.Count > 0), protocol, model);
    }

    private static void Check(MediaKind kind, bool isGiven, ChatProtocol protocol, Model? model)
    {
        if (!isGiven)
        {
            return;
        }

        string word = kind.ToString().ToLowerInvariant();
        if (model?.InputModalities is { Count: > 0 } taken && !taken.Contains(word, StringComparer.OrdinalIgnoreCase))
        {
            throw Refuse(
                $"{model.Id} takes {string.Join(", ", taken)}, but no {word}.",
                $"Leave the {word} out, or choose a model that takes it: Get-AtlasModel shows InputModalities.");
        }

        if (!protocol.Media.Contains(kind))
        {
            ChatProtocol[] others = [.. ChatProtocols.All.Where(p => p.Media.Contains(kind) && model?.Protocols.Contains(p.Name, StringComparer.OrdinalIgnoreCase) == true)];
            throw Refuse(
                $"The protocol {protocol.Name} takes no {word}.",
                others.Length > 0 ? $"Use -Protocol {ChatProtocols.Join(others)}." : $"Leave the {word} out, or choose a model that is reached by another protocol.");
        }
    }

    private static AtlasCloudException Refuse(string what, string action) =>
        new(AtlasCloudErrorKind.InvalidParameter, $"{what} Nothing was sent.") { RecommendedAction = action };
}
