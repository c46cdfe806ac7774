using System.Text;
using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Account;
using AtlasCloud.Emulation.Catalog;
using AtlasCloud.Emulation.Http;
using AtlasCloud.Emulation.Pricing;
using AtlasCloud.Emulation.Routing;
using AtlasCloud.Emulation.Scenarios;
using AtlasCloud.Emulation.Webhooks;

namespace AtlasCloud.Emulation.Predictions;

/// <summary>POST /api/v1/model/generateImage, generateVideo and generateAudio.</summary>
internal sealed class SubmitEndpoint
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(20);

    private readonly EmulatorOptions _options;
    private readonly ModelCatalog _catalog;
    private readonly PriceList _prices;
    private readonly OutputPlanner _planner;
    private readonly Wallet _wallet;
    private readonly TaskStore _tasks;
    private readonly PredictionDocument _document;
    private readonly WebhookSender _webhooks;

    internal SubmitEndpoint(
        EmulatorOptions options, ModelCatalog catalog, PriceList prices, OutputPlanner planner, Wallet wallet, TaskStore tasks,
        PredictionDocument document, WebhookSender webhooks) =>
        (_options, _catalog, _prices, _planner, _wallet, _tasks, _document, _webhooks) = (options, catalog, prices, planner, wallet, tasks, document, webhooks);

    /// <summary>The handler of the address for one type of the catalog.</summary>
    internal Func<Exchange, CancellationToken, Task<Reply>> For(string type) =>
        (exchange, cancellationToken) => PostAsync(exchange, type, cancellationToken);

    private async Task<Reply> PostAsync(Exchange exchange, string type, CancellationToken cancellationToken)
    {
        if (exchange.Request.MediaType != Reply.JsonType)
        {
            return Refusal.Of(exchange, 400, "Content-Type must be application/json");
        }

        if (SubmitBody.Read(exchange) is not { } body)
        {
            return Refusal.Of(exchange, 400, exchange.Body is null ? "invalid request body" : "model is required");
        }

        if (_catalog.Find(body["model"]!.ToString()) is not { } model)
        {
            return Refusal.Of(exchange, 404, "model not found");
        }

        (RetentionHeaders? retention, string? wrong) = RetentionHeaders.Read(exchange.Request.Headers);
        if (wrong is not null)
        {
            return Refusal.Of(exchange, 400, "invalid " + wrong);
        }

        string? fault = model.Type == type ? null : $"model {model.Id} is not available on this endpoint";
        fault ??= body.ContainsKey("webhook_url") && !WebhookSender.Takes(WebhookOf(body)) ? "webhook_url must be a public https address" : null;
        fault ??= RequestValidation.Check(body, ModelSchema.Of(model), _options.StrictValidation);
        return fault is not null
            ? Refusal.Of(exchange, 400, fault)
            : TryCreate(exchange, model, body, retention!) is { } task
                ? await AnswerAsync(exchange, task, cancellationToken).ConfigureAwait(false)
                : Refusal.Of(exchange, 402, "insufficient balance");
    }

    private static Uri? WebhookOf(JsonObject body) =>
        Uri.TryCreate(body["webhook_url"]?.ToString(), UriKind.Absolute, out Uri? address) ? address : null;

    private EmulatedTask? TryCreate(Exchange exchange, CatalogModel model, JsonObject body, RetentionHeaders retention)
    {
        if (_tasks.Running >= _options.MaximumConcurrentTasks)
        {
            return null;
        }

        string id = Guid.NewGuid().ToString("N");
        JsonObject effective = RequestValidation.Effective(body, ModelSchema.Of(model));
        Quote quote = _prices.Quote(model, effective);
        string text = Encoding.UTF8.GetString(exchange.BodyBytes!);
        DateTimeOffset now = _options.Clock.GetUtcNow();
        int? charge = _wallet.TryReserve(new Charge
        {
            PredictionId = id,
            Model = model.Id,
            Amount = quote.Price,
            State = ChargeState.Reserved,
            Time = now,
            Use = _prices.UseOf(model, effective),
            Body = text,
            EffectiveBody = JsonText.Write(effective),
        });
        if (charge is not { } place)
        {
            return null;
        }

        ScenarioTask plan = exchange.Rule?.Task ?? new ScenarioTask();
        EmulatedTask task = new()
        {
            Id = id,
            Model = model,
            Body = effective,
            BodyText = text,
            Quote = quote,
            Created = now,
            Duration = plan.Duration ?? (DurationOf(model) * _options.TimeScale),
            PriceDelay = plan.PriceDelay ?? _options.PublishPriceLate,
            Plan = plan,
            Webhook = WebhookOf(body),
            OutputLifetime = retention.Outputs,
            IsForgotten = retention.ForgetsRecord,
            Outputs = _planner.Plan(id, model, effective, quote),
            Charge = place,
        };
        _tasks.Add(task);
        _webhooks.Watch(task);
        exchange.PredictionId = id;
        return task;
    }

    private TimeSpan DurationOf(CatalogModel model) => model.Kind switch
    {
        ModelKind.Video => _options.VideoDuration,
        ModelKind.Model3D => _options.ThreeDDuration,
        ModelKind.Image => _options.ImageDuration,
        _ => _options.AudioDuration,
    };

    private async Task<Reply> AnswerAsync(Exchange exchange, EmulatedTask task, CancellationToken cancellationToken)
    {
        // The first word differs by kind, as the service's does.
        TaskState state = task.Model.Type switch
        {
            "Video" => TaskState.Starting,
            "Audio" => TaskState.Created,
            _ => TaskState.Processing,
        };
        if (task.Values.Flag("enable_sync_mode"))
        {
            while (!(state = task.State(_options.Clock.GetUtcNow())).IsFinal)
            {
                await Task.Delay(s_look, _options.Clock, cancellationToken).ConfigureAwait(false);
            }
        }

        _tasks.Settle();
        JsonObject data = _document.Write(task, state, _options.Clock.GetUtcNow());
        return exchange.Rule?.Variant is { } variant
            ? new VariantShape(data, state.Phase).TryApply(variant) ?? Reply.Json(PredictionDocument.Envelope(data))
            : Reply.Json(PredictionDocument.Envelope(data));
    }
}
