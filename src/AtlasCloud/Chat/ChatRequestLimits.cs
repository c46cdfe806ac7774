using AtlasCloud.Chat.Protocols;

namespace AtlasCloud.Chat;

/// <summary>Takes from a request what its protocol has no word for: loudly, and not at all where the answer would be another.</summary>
internal static class ChatRequestLimits
{
    /// <exception cref="AtlasCloudException">The protocol cannot do what is asked for.</exception>
    internal static ChatRequest Fit(ChatRequest request, ChatProtocol protocol, Model? model)
    {
        if (request.Stop.Count > 0 && !protocol.HasStop)
        {
            ChatProtocol[] others = [.. ChatProtocols.All.Where(p => p.HasStop && model?.Protocols.Contains(p.Name, StringComparer.OrdinalIgnoreCase) == true)];
            throw new AtlasCloudException(AtlasCloudErrorKind.InvalidParameter, $"The protocol {protocol.Name} knows no texts to stop at. Nothing was sent.")
            {
                RecommendedAction = others.Length > 0 ? $"Leave -Stop out, or use -Protocol {ChatProtocols.Join(others)}." : "Leave -Stop out.",
            };
        }

        if (request.Seed is not null && !protocol.HasSeed)
        {
            AtlasCloudLog.Warning($"The protocol {protocol.Name} knows no seed: it is left out, and the answer may differ from time to time.");
            return request with { Seed = null };
        }

        return request;
    }
}
