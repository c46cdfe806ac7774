namespace AtlasCloud.Chat.Protocols;

/// <summary>Chooses the protocol by which a model is reached.</summary>
internal static class ChatProtocols
{
    internal static readonly IReadOnlyList<ChatProtocol> All = [new ChatCompletions(), new OpenAiResponses(), new ClaudeMessages(), new GeminiGenerate()];

    /// <summary>The protocol of this name in the catalog; null where there is none.</summary>
    internal static ChatProtocol? Find(string name) => All.FirstOrDefault(p => string.Equals(p.Name, name.Trim(), StringComparison.OrdinalIgnoreCase));

    /// <summary>The wanted protocol, else the first of the model's that is known here, else chat completions.</summary>
    /// <exception cref="AtlasCloudException">The wanted one does not exist, or the model is not reached by it.</exception>
    internal static ChatProtocol Choose(Model? model, string? wanted)
    {
        ChatProtocol[] listed = [.. (model?.Protocols ?? []).Select(Find).OfType<ChatProtocol>()];
        if (string.IsNullOrWhiteSpace(wanted))
        {
            return listed.FirstOrDefault() ?? All[0];
        }

        if (Find(wanted) is not ChatProtocol chosen)
        {
            throw Refuse($"There is no chat protocol '{wanted}'.", $"Use {Join(All)}, or leave -Protocol out: the catalog then decides.");
        }

        return model is null || model.Protocols.Count == 0 || listed.Contains(chosen)
            ? chosen
            : throw Refuse(
                $"{model.Id} is not reached by {chosen.Name}, but by {string.Join(", ", model.Protocols)}.",
                listed.Length == 0 ? "Leave -Protocol out, or choose another model." : $"Use -Protocol {Join(listed)}, or leave it out: the catalog then decides.");
    }

    internal static string Join(IEnumerable<ChatProtocol> protocols) => string.Join(" or ", protocols.Select(p => p.Name));

    private static AtlasCloudException Refuse(string what, string action) =>
        new(AtlasCloudErrorKind.InvalidParameter, $"{what} Nothing was sent.") { RecommendedAction = action };
}
