using System.Text;
using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Account;
using AtlasCloud.Emulation.Catalog;
using AtlasCloud.Emulation.Chat.Protocols;
using AtlasCloud.Emulation.Http;
using AtlasCloud.Emulation.Pricing;
using AtlasCloud.Emulation.Routing;

namespace AtlasCloud.Emulation.Chat;

/// <summary>The chat endpoints, one for each protocol.</summary>
internal sealed class ChatEndpoint
{
    private static readonly GeminiProtocol s_gemini = new();

    private readonly EmulatorOptions _options;
    private readonly ModelCatalog _catalog;
    private readonly AccountBalance _balance;

    internal ChatEndpoint(EmulatorOptions options, ModelCatalog catalog, AccountBalance balance) => (_options, _catalog, _balance) = (options, catalog, balance);

    internal Func<RequestContext, Reply> For(ChatProtocol protocol) => context =>
        context.Body is { } body && body["model"]?.ToString() is { Length: > 0 } name
            ? Handle(context, protocol, name, protocol.ReadRequest)
            : ErrorReply.Create(context, 400, context.Body is null ? "invalid request body" : "model is required");

    /// <summary>The handler for Gemini, whose path contains the model and the action.</summary>
    /// <param name="version">The first segment of the path.</param>
    internal Func<RequestContext, Reply> ForGemini(string version) => context =>
    {
        if (_options.GeminiVersion is { } only && only != version)
        {
            return ErrorReply.Create(context, 404, "not found");
        }

        if (GeminiAction.Parse(context.RouteValues[0]) is not { } action)
        {
            return ErrorReply.Create(context, 401, "unauthorized");
        }

        return context.Body is null
            ? Data.Sample.All["errors/gemini-style.json"].ToReply()
            : Handle(context, s_gemini, action.Model, body => s_gemini.ReadRequest(body) with { IsStreamed = action.IsStreamed });
    };

    private Reply Handle(RequestContext context, ChatProtocol protocol, string modelId, Func<JsonObject, ChatRequest> read)
    {
        JsonObject body = context.Body!;
        if (context.Request.MediaType != Reply.JsonType)
        {
            return ErrorReply.Create(context, 400, "invalid request body");
        }

        if (_catalog.Find(modelId) is not { } model)
        {
            return ErrorReply.Create(context, 404, "model not found");
        }

        if (model.Kind != ModelKind.Chat)
        {
            return ErrorReply.Create(context, 400, "router not found");
        }

        if (!model.Protocols.Any(protocol.CatalogNames.Contains) || SamplingRules.AreViolated(model, body))
        {
            return ErrorReply.BadRequest();
        }

        if (protocol.Validate(body) is { } rejection)
        {
            return rejection;
        }

        ChatRequest request = read(body);
        if (request.Conversation.Error is { } error)
        {
            return ErrorReply.Create(context, 400, error);
        }

        return _balance.FindRefusal(context.Caller.ApiKeyId, _options.Clock.GetUtcNow()) is { } refusal
            ? ErrorReply.Create(context, 402, refusal)
            : Respond(context, protocol, model, request);
    }

    private Reply Respond(RequestContext context, ChatProtocol protocol, CatalogModel model, ChatRequest request)
    {
        ChatReply reply = ChatResponder.Respond(request, context.Rule?.Chat, context.RuleMatchCount);
        string id = protocol.IdPrefix + Guid.NewGuid().ToString("N")[..20];
        ChatTurn turn = new(id, model, request, reply, _options.Clock.GetUtcNow());
        context.PredictionId = turn.Id;
        bool failsMidStream = context.Rule?.Fault == HttpFault.StreamError && request.IsStreamed;
        if (!failsMidStream)
        {
            // A stream that ends with a provider error is not charged.
            AddCharge(context, turn);
        }

        if (!request.IsStreamed)
        {
            return Reply.Json(protocol.WriteReply(turn));
        }

        IEnumerable<ServerSentEvent> events = protocol.StreamReply(turn);
        if (failsMidStream)
        {
            events = events.Take(context.Rule!.Events).Append(protocol.ErrorEvent(context.RequestId));
        }

        return protocol == s_gemini && context.Request.Query["alt"] != "sse"
            ? Reply.Json(new JsonArray([.. events.Select(e => JsonNode.Parse(e.Data))]))
            : ChatStream.Create(events, _options, context.Rule);
    }

    private void AddCharge(RequestContext context, ChatTurn turn)
    {
        string text = Encoding.UTF8.GetString(context.BodyBytes!);
        _balance.AddCharge(new Charge
        {
            PredictionId = turn.Id,
            Model = turn.Model.Id,
            Amount = PriceCalculator.CalculateChatPrice(turn.Model, turn.InputTokens, turn.OutputTokens),
            State = ChargeState.Charged,
            Time = turn.Time,
            ApiKeyId = context.Caller.ApiKeyId,
            Usage = new BilledUsage("text") { InputTokens = turn.InputTokens, OutputTokens = turn.OutputTokens },
            Body = text,
            EffectiveBody = text,
        });
    }
}
