using System.Net;
using AtlasCloud.Chat.Protocols;

namespace AtlasCloud.Chat;

/// <summary>Adds the likely cause to a refusal: the service often answers a bare 400.</summary>
internal static class ChatRefusal
{
    private static readonly string[] s_samplingParameters = ["temperature", "top_p", "top_k", "stop", "seed"];

    /// <summary>The same exception with what may have caused it, if anything is known.</summary>
    internal static AtlasCloudException Explain(AtlasCloudException refusal, ChatRequest request, Model? model, ChatProtocol protocol)
    {
        // An unknown path is about the model here; there are no predictions.
        if (refusal.Kind == AtlasCloudErrorKind.PredictionNotFound)
        {
            return refusal.With(kind: AtlasCloudErrorKind.ModelNotFound, target: request.Model, model: request.Model);
        }

        bool isBare = refusal is
        {
            Kind: AtlasCloudErrorKind.InvalidParameter,
            Reason: AtlasCloudErrorReason.None,
            Status: HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity,
        };
        return isBare ? WithSuspects(refusal, request, model, protocol) : refusal;
    }

    private static AtlasCloudException WithSuspects(AtlasCloudException refusal, ChatRequest request, Model? model, ChatProtocol protocol)
    {
        string[] given = [.. s_samplingParameters.Where(name => InputName(request, name) is not null)];
        string[] unsupported = [.. given.Where(name => IsUnsupported(name, request, model))];
        string[] suspects = [.. (unsupported.Length > 0 ? unsupported : given).Select(name => InputName(request, name)!)];
        string[] others = [.. OtherProtocols(request, model, protocol).Select(p => p.Name)];
        if (suspects.Length + others.Length == 0)
        {
            return refusal;
        }

        string accepts = ClaudeReasoning.IsClaude5(request.Model) ? "models of the Claude 5 family accept no sampling parameters" : $"{request.Model} does not list it as a parameter";
        string inputs = string.Join(", ", suspects);
        return refusal.With(
            message: unsupported.Length > 0 ? $"{refusal.Message} The likely cause is {inputs}: {accepts}." : refusal.Message,
            reason: unsupported.Length > 0 ? AtlasCloudErrorReason.ChatSamplingUnsupported : AtlasCloudErrorReason.ChatRequestRefused,
            target: request.Model,
            input: suspects.Length > 0 ? inputs : null,
            value: protocol.Name,
            allowed: others,
            model: request.Model);
    }

    private static bool IsUnsupported(string name, ChatRequest request, Model? model) => ClaudeReasoning.IsClaude5(request.Model)
        ? name is "top_p" or "top_k" || (name == "temperature" && request.Temperature is not 1)
        : model?.SamplingParameters is { Count: > 0 } supported && !supported.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The name under which the caller gave a sampling parameter; null if it was not given.</summary>
    private static string? InputName(ChatRequest request, string name) => name switch
    {
        "temperature" when request.Temperature is not null => nameof(request.Temperature),
        "top_p" when request.TopP is not null => nameof(request.TopP),
        "stop" when request.Stop.Count > 0 => nameof(request.Stop),
        "seed" when request.Seed is not null => nameof(request.Seed),
        _ => request.Parameters?.Contains(name) == true ? name : null,
    };

    private static IEnumerable<ChatProtocol> OtherProtocols(ChatRequest request, Model? model, ChatProtocol protocol)
    {
        IEnumerable<ChatProtocol?> candidates = model?.Protocols is { Count: > 0 } listed
            ? listed.Select(ChatProtocols.Find)
            : [UsualProtocolOf(request.Model)];
        return candidates.OfType<ChatProtocol>().Where(p => p.Name != protocol.Name);
    }

    private static ChatProtocol? UsualProtocolOf(string model) => model.Split('/')[0].ToLowerInvariant() switch
    {
        "anthropic" => ChatProtocols.Find("claude.messages"),
        "openai" => ChatProtocols.Find("openai.responses"),
        "google" => ChatProtocols.Find("gemini.generate"),
        _ => null,
    };
}
