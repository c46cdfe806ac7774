using System.Net;
using AtlasCloud.Chat.Protocols;

namespace AtlasCloud.Chat;

/// <summary>Says what to change about a question that the service refused: it often answers a bare 400.</summary>
internal static class ChatErrors
{
    private static readonly (string Wire, string Parameter)[] s_sampling =
        [("temperature", "-Temperature"), ("top_p", "-TopP"), ("top_k", "top_k"), ("stop", "-Stop"), ("seed", "-Seed")];

    /// <summary>The same exception with the cure, where one is known.</summary>
    internal static AtlasCloudException Explain(AtlasCloudException refusal, ChatRequest request, Model? model, ChatProtocol protocol)
    {
        // A path that is not there is about the model here; there are no predictions.
        AtlasCloudErrorKind kind = refusal.Kind == AtlasCloudErrorKind.PredictionNotFound ? AtlasCloudErrorKind.ModelNotFound : refusal.Kind;
        string? action = refusal.RecommendedAction ?? (refusal.Status is HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity && kind == AtlasCloudErrorKind.InvalidParameter
            ? CureFor(request, model, protocol)
            : null);
        return action == refusal.RecommendedAction && kind == refusal.Kind ? refusal : new AtlasCloudException(kind, refusal.Message, refusal)
        {
            Status = refusal.Status,
            RequestId = refusal.RequestId,
            ServerMessage = refusal.ServerMessage,
            RecommendedAction = action,
            RetryAfter = refusal.RetryAfter,
            Target = request.Model,
        };
    }

    private static string? CureFor(ChatRequest request, Model? model, ChatProtocol protocol)
    {
        List<string> cures = [];
        string[] given = [.. s_sampling.Where(s => IsGiven(request, s.Wire)).Select(s => s.Wire)];
        string[] refused = ClaudeThinking.IsFifth(request.Model)
            ? [.. given.Where(s => s is "top_p" or "top_k" || (s == "temperature" && request.Temperature is not 1))]
            : [.. given.Where(s => model?.SamplingParameters is { Count: > 0 } known && !known.Contains(s, StringComparer.OrdinalIgnoreCase))];
        if (refused.Length > 0)
        {
            string who = ClaudeThinking.IsFifth(request.Model) ? "Models of the Claude 5 family take no sampling parameters" : $"{request.Model} does not list these among what it takes";
            cures.Add($"Leave out {string.Join(" and ", refused.Select(NameOf))}: {who}.");
        }
        else if (given.Length > 0)
        {
            cures.Add($"Try it without {string.Join(" and ", given.Select(NameOf))}.");
        }

        ChatProtocol[] others = [.. (model?.Protocols ?? []).Select(ChatProtocols.Find).OfType<ChatProtocol>().Where(p => p.Name != protocol.Name)];
        if (others.Length == 0 && model?.Protocols is not { Count: > 0 } && ByProvider(request.Model) is ChatProtocol usual && usual.Name != protocol.Name)
        {
            others = [usual];
        }

        if (others.Length > 0)
        {
            cures.Add($"{protocol.Name} may be the wrong protocol for it: try -Protocol {ChatProtocols.Join(others)}.");
        }

        return cures.Count > 0 ? string.Join(' ', cures) : null;
    }

    private static bool IsGiven(ChatRequest request, string name) => request.Parameters?.Contains(name) == true || name switch
    {
        "temperature" => request.Temperature is not null,
        "top_p" => request.TopP is not null,
        "stop" => request.Stop.Count > 0,
        "seed" => request.Seed is not null,
        _ => false,
    };

    private static string NameOf(string wire) => s_sampling.First(s => s.Wire == wire).Parameter;

    private static ChatProtocol? ByProvider(string model) => model.Split('/')[0].ToLowerInvariant() switch
    {
        "anthropic" => ChatProtocols.Find("claude.messages"),
        "openai" => ChatProtocols.Find("openai.responses"),
        "google" => ChatProtocols.Find("gemini.generate"),
        _ => null,
    };
}
