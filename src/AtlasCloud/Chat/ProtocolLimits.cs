using AtlasCloud.Chat.Protocols;

namespace AtlasCloud.Chat;

/// <summary>Adapts a request to what its protocol supports: ignores a seed with a warning, but refuses stop sequences, without which the answer would be wrong.</summary>
internal static class ProtocolLimits
{
    /// <exception cref="AtlasCloudException">InvalidParameter: the protocol has no stop sequences.</exception>
    internal static ChatRequest Apply(ChatRequest request, ChatProtocol protocol, Model? model)
    {
        if (request.Stop.Count > 0 && !protocol.SupportsStop)
        {
            throw ChatErrors.StopUnsupported(protocol, ChatProtocols.OfModel(model, p => p.SupportsStop));
        }

        if (request.Seed is not null && !protocol.SupportsSeed)
        {
            AtlasCloudLog.Warning($"The protocol {protocol.Name} does not support a seed. The seed is ignored, so replies may differ.");
            return request with { Seed = null };
        }

        return request;
    }
}
