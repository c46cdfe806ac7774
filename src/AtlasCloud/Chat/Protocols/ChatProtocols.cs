namespace AtlasCloud.Chat.Protocols;

/// <summary>The chat protocols, and which of them to use for a model.</summary>
internal static class ChatProtocols
{
    internal static readonly IReadOnlyList<ChatProtocol> All = [new ChatCompletions(), new OpenAiResponses(), new ClaudeMessages(), new GeminiGenerate()];

    /// <summary>The protocol with this name in the catalog; null if there is none.</summary>
    internal static ChatProtocol? Find(string name) => All.FirstOrDefault(p => string.Equals(p.Name, name.Trim(), StringComparison.OrdinalIgnoreCase));

    /// <summary>The requested protocol; by default the first of the model's that is supported here, or chat completions.</summary>
    /// <exception cref="AtlasCloudException">InvalidParameter: the requested protocol does not exist, or the model does not support it.</exception>
    internal static ChatProtocol Choose(Model? model, string? requested)
    {
        ChatProtocol[] supported = [.. (model?.Protocols ?? []).Select(Find).OfType<ChatProtocol>()];
        if (string.IsNullOrWhiteSpace(requested))
        {
            return supported.FirstOrDefault() ?? All[0];
        }

        ChatProtocol chosen = Find(requested) ?? throw ChatErrors.ProtocolUnknown(requested);
        return model is null || model.Protocols.Count == 0 || supported.Contains(chosen)
            ? chosen
            : throw ChatErrors.ProtocolUnsupported(model, chosen, supported);
    }

    /// <summary>The protocols that the catalog lists for a model and that meet a condition.</summary>
    internal static IEnumerable<ChatProtocol> OfModel(Model? model, Func<ChatProtocol, bool> condition) =>
        All.Where(p => condition(p) && model?.Protocols.Contains(p.Name, StringComparer.OrdinalIgnoreCase) == true);
}
