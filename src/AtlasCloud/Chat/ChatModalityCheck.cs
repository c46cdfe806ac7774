using AtlasCloud.Chat.Protocols;

namespace AtlasCloud.Chat;

/// <summary>Checks that the model and the protocol accept the media of a conversation, before anything is uploaded or paid for.</summary>
internal static class ChatModalityCheck
{
    /// <exception cref="AtlasCloudException">InvalidParameter: one of them does not.</exception>
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

        string modality = kind.ToString().ToLowerInvariant();
        if (model?.InputModalities is { Count: > 0 } accepted && !accepted.Contains(modality, StringComparer.OrdinalIgnoreCase))
        {
            throw ChatErrors.ModalityUnsupported(model, modality);
        }

        if (!protocol.SupportedMedia.Contains(kind))
        {
            throw ChatErrors.ProtocolWithoutModality(protocol, modality, ChatProtocols.OfModel(model, p => p.SupportedMedia.Contains(kind)));
        }
    }
}
