using System.Text;
using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Account;
using AtlasCloud.Emulation.Catalog;
using AtlasCloud.Emulation.Chat.Protocols;
using AtlasCloud.Emulation.Http;
using AtlasCloud.Emulation.Pricing;
using AtlasCloud.Emulation.Routing;

namespace AtlasCloud.Emulation.Chat;

/// <summary>The addresses under which models are talked to, one for each protocol.</summary>
internal sealed class ChatEndpoint
{
    private static readonly GeminiProtocol s_gemini = new();

    private readonly EmulatorOptions _options;
    private readonly ModelCatalog _catalog;
    private readonly Wallet _wallet;

    internal ChatEndpoint(EmulatorOptions options, ModelCatalog catalog, Wallet wallet) => (_options, _catalog, _wallet) = (options, catalog, wallet);

    internal Func<Exchange, Reply> For(ChatProtocol protocol) => exchange =>
        exchange.Body is { } body && body["model"]?.ToString() is { Length: > 0 } name
            ? Answer(exchange, protocol, name, protocol.Read)
            : Refusal.Of(exchange, 400, exchange.Body is null ? "invalid request body" : "model is required");

    /// <summary>The same for Gemini, which has the model and the manner in the path.</summary>
    /// <param name="version">The first segment of the path.</param>
    internal Func<Exchange, Reply> ForGemini(string version) => exchange =>
    {
        if (_options.GeminiVersion is { } only && only != version)
        {
            return Refusal.Of(exchange, 404, "not found");
        }

        if (GeminiAction.Parse(exchange.Places[0]) is not { } action)
        {
            return Refusal.Of(exchange, 401, "unauthorized");
        }

        return exchange.Body is null
            ? Data.Sample.All["errors/gemini-style.json"].ToReply()
            : Answer(exchange, s_gemini, action.Model, body => s_gemini.Read(body) with { IsStreamed = action.IsStreamed });
    };

    private Reply Answer(Exchange exchange, ChatProtocol protocol, string name, Func<JsonObject, ChatQuestion> read)
    {
        JsonObject body = exchange.Body!;
        if (exchange.Request.MediaType != Reply.JsonType)
        {
            return Refusal.Of(exchange, 400, "invalid request body");
        }

        if (_catalog.Find(name) is not { } model)
        {
            return Refusal.Of(exchange, 404, "model not found");
        }

        if (model.Kind != ModelKind.Chat)
        {
            return Refusal.Of(exchange, 400, "router not found");
        }

        if (!model.Protocols.Any(protocol.Names.Contains) || SamplingRules.Refuses(model, body))
        {
            return Refusal.Bare();
        }

        if (protocol.Refuse(body) is { } refusal)
        {
            return refusal;
        }

        ChatQuestion question = read(body);
        if (question.Conversation.Fault is { } fault)
        {
            return Refusal.Of(exchange, 400, fault);
        }

        return _wallet.Available - _wallet.Frozen <= 0m
            ? Refusal.Of(exchange, 402, "insufficient balance")
            : Speak(exchange, protocol, model, question);
    }

    private Reply Speak(Exchange exchange, ChatProtocol protocol, CatalogModel model, ChatQuestion question)
    {
        ChatAnswer answer = Answering.To(question, exchange.Rule?.Chat, exchange.RuleOccasion);
        string id = protocol.IdPrefix + Guid.NewGuid().ToString("N")[..20];
        ChatTurn turn = new(id, model, question, answer, _options.Clock.GetUtcNow());
        exchange.PredictionId = turn.Id;
        bool fails = exchange.Rule?.Fault == HttpFault.StreamError && question.IsStreamed;
        if (!fails)
        {
            // What ends with an error of the provider is not paid.
            Charge(exchange, turn);
        }

        if (!question.IsStreamed)
        {
            return Reply.Json(protocol.Write(turn));
        }

        IEnumerable<ServerEvent> events = protocol.Stream(turn);
        if (fails)
        {
            events = events.Take(exchange.Rule!.Events).Append(protocol.Failure(exchange.RequestId));
        }

        return protocol == s_gemini && exchange.Request.Query["alt"] != "sse"
            ? Reply.Json(new JsonArray([.. events.Select(e => JsonNode.Parse(e.Data))]))
            : ChatStream.Of(events, _options, exchange.Rule);
    }

    private void Charge(Exchange exchange, ChatTurn turn)
    {
        string text = Encoding.UTF8.GetString(exchange.BodyBytes!);
        _wallet.Charge(new Charge
        {
            PredictionId = turn.Id,
            Model = turn.Model.Id,
            Amount = PriceList.ChatPrice(turn.Model, turn.InputTokens, turn.OutputTokens),
            State = ChargeState.Charged,
            Time = turn.Time,
            Use = new BilledUse("text") { InputTokens = turn.InputTokens, OutputTokens = turn.OutputTokens },
            Body = text,
            EffectiveBody = text,
        });
    }
}
