using System.Text.Json;
using System.Text.Json.Nodes;
using AtlasCloud.Json;
using AtlasCloud.Text;

namespace AtlasCloud.Chat.Protocols;

/// <summary>The words of <c>/v1/models/{id}:generateContent</c>.</summary>
internal sealed class GeminiGenerate : ChatProtocol
{
    internal override string Name => "gemini.generate";

    internal override string FinishName => "finishReason";

    internal override IReadOnlyList<MediaKind> Media => [MediaKind.Image, MediaKind.Video, MediaKind.Audio];

    internal override bool TakesAudioAddresses => true;

    // The models refuse a schema beside tools.
    internal override bool TakesSchema(ChatRequest request) => request.Tools.Count == 0;

    internal override IReadOnlyList<string> Paths(string model, bool stream)
    {
        string id = string.Join('/', model.Split('/').Select(Uri.EscapeDataString));
        string end = $"models/{id}:{(stream ? "streamGenerateContent?alt=sse" : "generateContent")}";
        return [$"v1/{end}", $"v1beta/{end}"];
    }

    internal override JsonObject Compose(ChatRequest request, bool stream)
    {
        JsonObject body = new() { ["contents"] = GeminiContents.Compose(request.Messages, ArgumentsOf) };
        if (SystemText(request) is string system)
        {
            body["systemInstruction"] = new JsonObject { ["parts"] = Array([new JsonObject { ["text"] = system }]) };
        }

        JsonObject configuration = ComposeConfiguration(request);
        if (configuration.Count > 0)
        {
            body["generationConfig"] = configuration;
        }

        if (request.Tools.Count > 0)
        {
            body["tools"] = Array([new JsonObject { ["functionDeclarations"] = Array(request.Tools.Select(ComposeTool)) }]);
        }

        Merge(body, request.Parameters);
        return body;
    }

    internal override ChatReply? Read(JsonElement root)
    {
        if (ReadEvent(root) is not ChatEvent read)
        {
            return null;
        }

        return new ChatReply
        {
            Id = read.Id,
            Model = read.Model,
            Text = read.Text,
            Reasoning = read.Reasoning,
            ToolCalls = read.ToolCalls,
            FinishReason = read.FinishReason,
            Usage = read.Usage,
            AdditionalProperties = Rest(root, read.RawFinishReason, "candidates", "usageMetadata", "modelVersion", "responseId"),
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
        string reasoning = string.Concat(parts.Where(IsThought).Select(p => JsonText.Piece(p.Member("text"))));
        string? finish = candidate?.Text("finishReason") ?? blocked;
        return new ChatEvent
        {
            Id = root.Text("responseId"),
            Model = root.Text("modelVersion"),
            Text = string.Concat(parts.Where(p => !IsThought(p)).Select(p => JsonText.Piece(p.Member("text")))),
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
        Put(configuration, "maxOutputTokens", request.MaximumTokens);
        Put(configuration, "temperature", request.Temperature);
        Put(configuration, "topP", request.TopP);
        Put(configuration, "stopSequences", request.Stop.Count == 0 ? null : request.Stop);
        Put(configuration, "seed", request.Seed);
        if (request.ReasoningEffort is string effort)
        {
            configuration["thinkingConfig"] = ComposeThinking(request.Model, effort);
        }

        if (request.JsonSchema is JsonObject schema)
        {
            configuration["responseMimeType"] = "application/json";
            configuration["responseSchema"] = GeminiSchema.Convert(schema);
        }

        return configuration;
    }

    // The second generation counts tokens, the later ones know levels.
    private static JsonObject ComposeThinking(string model, string effort) => model.Contains("gemini-2", StringComparison.OrdinalIgnoreCase)
        ? new JsonObject { ["thinkingBudget"] = effort switch { "none" => 0, "minimal" or "low" => 1024, "high" => 24576, _ => 8192 }, ["includeThoughts"] = effort != "none" }
        : new JsonObject { ["thinkingLevel"] = effort, ["includeThoughts"] = true };

    private static JsonObject ComposeTool(ChatTool tool)
    {
        JsonObject function = new() { ["name"] = tool.Name };
        Put(function, "description", tool.Description);
        JsonObject parameters = GeminiSchema.Convert((JsonObject)JsonValues.ToJson(tool.Parameters)!);

        // An object without members is refused; no parameters are said by leaving them out.
        Put(function, "parameters", parameters["properties"] is JsonObject { Count: > 0 } ? parameters : null);
        return function;
    }

    private static JsonElement? FirstCandidate(JsonElement root) => root.Member("candidates").Items().Cast<JsonElement?>().FirstOrDefault();

    private static bool IsThought(JsonElement part) => part.Member("thought")?.AsBoolean() == true;

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
