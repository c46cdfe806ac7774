using System.Text.Json;
using System.Text.Json.Nodes;
using AtlasCloud.Json;
using AtlasCloud.Text;

namespace AtlasCloud.Chat.Protocols;

/// <summary>The protocol of <c>/v1/models/{id}:generateContent</c>.</summary>
internal sealed class GeminiGenerate : ChatProtocol
{
    internal override string Name => "gemini.generate";

    internal override string FinishReasonName => "finishReason";

    internal override IReadOnlyList<MediaKind> SupportedMedia => [MediaKind.Image, MediaKind.Video, MediaKind.Audio];

    internal override bool AcceptsAudioAddresses => true;

    // The models refuse a schema together with tools.
    internal override bool SupportsSchema(ChatRequest request) => request.Tools.Count == 0;

    internal override IReadOnlyList<string> GetPaths(string model, bool stream)
    {
        string id = string.Join('/', model.Split('/').Select(Uri.EscapeDataString));
        string end = $"models/{id}:{(stream ? "streamGenerateContent?alt=sse" : "generateContent")}";
        return [$"v1/{end}", $"v1beta/{end}"];
    }

    internal override JsonObject ComposeBody(ChatRequest request, bool stream)
    {
        JsonObject body = new() { ["contents"] = GeminiContents.Compose(request.Messages, ParseArguments) };
        if (GetSystemText(request) is string system)
        {
            body["systemInstruction"] = new JsonObject { ["parts"] = CreateArray([new JsonObject { ["text"] = system }]) };
        }

        JsonObject configuration = ComposeConfiguration(request);
        if (configuration.Count > 0)
        {
            body["generationConfig"] = configuration;
        }

        if (request.Tools.Count > 0)
        {
            body["tools"] = CreateArray([new JsonObject { ["functionDeclarations"] = CreateArray(request.Tools.Select(ComposeTool)) }]);
        }

        Merge(body, request.Parameters);
        return body;
    }

    internal override ChatReply? ReadReply(JsonElement root)
    {
        if (ReadEvent(root) is not ChatEvent content)
        {
            return null;
        }

        return new ChatReply
        {
            Id = content.Id,
            Model = content.Model,
            Text = content.Text,
            Reasoning = content.Reasoning,
            ToolCalls = content.ToolCalls,
            FinishReason = content.FinishReason,
            Usage = content.Usage,
            AdditionalProperties = ReadAdditionalProperties(root, content.RawFinishReason, "candidates", "usageMetadata", "modelVersion", "responseId"),
        };
    }

    internal override ChatEvent? ReadEvent(JsonElement root)
    {
        JsonElement? candidate = FirstCandidate(root);
        string? blocked = root.Member("promptFeedback")?.Text("blockReason");
        if (candidate is null && blocked is null && root.Member("usageMetadata") is null)
        {
            return null;
        }

        JsonElement[] parts = [.. (candidate?.Member("content")?.Member("parts")).Items()];
        ChatToolCall[] calls = [.. parts.Where(p => p.Member("functionCall") is not null).Select(ReadCall)];
        string reasoning = string.Concat(parts.Where(IsReasoning).Select(p => JsonText.GetText(p.Member("text"))));
        string? finish = candidate?.Text("finishReason") ?? blocked;
        return new ChatEvent
        {
            Id = root.Text("responseId"),
            Model = root.Text("modelVersion"),
            Text = string.Concat(parts.Where(p => !IsReasoning(p)).Select(p => JsonText.GetText(p.Member("text")))),
            Reasoning = reasoning.Length > 0 ? reasoning : null,
            ToolCalls = calls,
            FinishReason = blocked is not null ? FinishReasons.ContentFilter : FinishReasons.Normalize(finish, calls.Length > 0),
            RawFinishReason = finish,
            Usage = ChatUsage.Read(root.Member("usageMetadata")),
        };
    }

    private static JsonObject ComposeConfiguration(ChatRequest request)
    {
        JsonObject configuration = [];
        SetIfNotNull(configuration, "maxOutputTokens", request.MaximumTokens);
        SetIfNotNull(configuration, "temperature", request.Temperature);
        SetIfNotNull(configuration, "topP", request.TopP);
        SetIfNotNull(configuration, "stopSequences", request.Stop.Count == 0 ? null : request.Stop);
        SetIfNotNull(configuration, "seed", request.Seed);
        if (request.ReasoningEffort is string effort)
        {
            configuration["thinkingConfig"] = ComposeReasoning(request.Model, effort);
        }

        if (request.JsonSchema is JsonObject schema)
        {
            configuration["responseMimeType"] = "application/json";
            configuration["responseSchema"] = GeminiSchema.Convert(schema);
        }

        return configuration;
    }

    // The second generation has a token budget, later ones have levels.
    private static JsonObject ComposeReasoning(string model, string effort) => model.Contains("gemini-2", StringComparison.OrdinalIgnoreCase)
        ? new JsonObject { ["thinkingBudget"] = effort switch { "none" => 0, "minimal" or "low" => 1024, "high" => 24576, _ => 8192 }, ["includeReasoningBlocks"] = effort != "none" }
        : new JsonObject { ["thinkingLevel"] = effort, ["includeReasoningBlocks"] = true };

    private static JsonObject ComposeTool(ChatTool tool)
    {
        JsonObject function = new() { ["name"] = tool.Name };
        SetIfNotNull(function, "description", tool.Description);
        JsonObject parameters = GeminiSchema.Convert((JsonObject)JsonValues.ToJson(tool.Parameters)!);

        // The service refuses an object without properties; a function without parameters omits it.
        SetIfNotNull(function, "parameters", parameters["properties"] is JsonObject { Count: > 0 } ? parameters : null);
        return function;
    }

    private static JsonElement? FirstCandidate(JsonElement root) => root.Member("candidates").Items().Cast<JsonElement?>().FirstOrDefault();

    private static bool IsReasoning(JsonElement part) => part.Member("thought")?.AsBoolean() == true;

    private static ChatToolCall ReadCall(JsonElement part)
    {
        JsonElement call = part.Member("functionCall")!.Value;
        return new ChatToolCall
        {
            Id = call.Text("id") ?? GeminiContents.NewCallId(),
            Name = call.Text("name") ?? "",
            Arguments = call.Member("args") is JsonElement arguments ? SafeText.StripControlCharacters(arguments.GetRawText()) : "{}",
            Signature = part.Text("thoughtSignature"),
        };
    }
}
