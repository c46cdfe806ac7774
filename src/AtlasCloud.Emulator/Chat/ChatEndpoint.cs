using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Account;
using AtlasCloud.Emulation.Catalog;
using AtlasCloud.Emulation.Http;
using AtlasCloud.Emulation.Pricing;
using AtlasCloud.Emulation.Routing;

namespace AtlasCloud.Emulation.Chat;

/// <summary>POST /v1/chat/completions, and the older /api/v1/chat/completions.</summary>
internal sealed class ChatEndpoint
{
    private const string Protocol = "openai.chat.completions";

    private readonly EmulatorOptions _options;
    private readonly ModelCatalog _catalog;
    private readonly Wallet _wallet;

    internal ChatEndpoint(EmulatorOptions options, ModelCatalog catalog, Wallet wallet) => (_options, _catalog, _wallet) = (options, catalog, wallet);

    internal Reply Post(Exchange exchange)
    {
        if (exchange.Request.MediaType != Reply.JsonType || exchange.Body is not { } body)
        {
            return Refusal.Of(exchange, 400, "invalid request body");
        }

        if (body["model"]?.ToString() is not { Length: > 0 } name)
        {
            return Refusal.Of(exchange, 400, "model is required");
        }

        if (_catalog.Find(name) is not { } model)
        {
            return Refusal.Of(exchange, 404, "model not found");
        }

        if (model.Kind != ModelKind.Chat)
        {
            return Refusal.Of(exchange, 400, "router not found");
        }

        if (!model.Protocols.Contains(Protocol) || SamplingRules.Refuses(model, body))
        {
            return Refusal.Bare();
        }

        if (Conversation.OfMessages(body["messages"]) is not { } conversation)
        {
            return Refusal.Of(exchange, 400, "messages is required");
        }

        if (_wallet.Available - _wallet.Frozen <= 0m)
        {
            return Refusal.Of(exchange, 402, "insufficient balance");
        }

        RequestValues values = new(body, null);
        int? limit = (int?)(values.Number("max_tokens") ?? values.Number("max_completion_tokens"));
        ChatTurn turn = new(model, conversation, ChatAnswer.To(conversation, limit), ToolRequest.Of(body, conversation), _options.Clock.GetUtcNow());
        exchange.PredictionId = turn.Id;
        Charge(exchange, turn);
        return values.Flag("stream")
            ? Stream(turn, body["stream_options"]?["include_usage"]?.ToString() == "true")
            : Reply.Json(turn.ToCompletion());
    }

    private void Charge(Exchange exchange, ChatTurn turn)
    {
        string text = Encoding.UTF8.GetString(exchange.BodyBytes!);
        _wallet.Charge(new Charge
        {
            PredictionId = turn.Id,
            Model = turn.Model.Id,
            Amount = PriceList.ChatPrice(turn.Model, turn.Conversation.Tokens, turn.OutputTokens),
            State = ChargeState.Charged,
            Time = turn.Time,
            Body = text,
            EffectiveBody = text,
        });
    }

    private Reply Stream(ChatTurn turn, bool withUsage)
    {
        TimeSpan pause = _options.ChatDelay * _options.TimeScale;
        return Reply.Stream(WriteAsync, "text/event-stream").With("Cache-Control", "no-cache");

        async Task WriteAsync(PieceWriter write, CancellationToken cancellationToken)
        {
            foreach (JsonObject chunk in turn.ToChunks(withUsage))
            {
                if (pause > TimeSpan.Zero)
                {
                    await Task.Delay(pause, _options.Clock, cancellationToken).ConfigureAwait(false);
                }

                string line = string.Create(CultureInfo.InvariantCulture, $"data: {JsonText.Write(chunk)}\n\n");
                await write(Encoding.UTF8.GetBytes(line)).ConfigureAwait(false);
            }

            await write("data: [DONE]\n\n"u8.ToArray()).ConfigureAwait(false);
        }
    }
}
