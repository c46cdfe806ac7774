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
    private static readonly TimeSpan s_syncPollInterval = TimeSpan.FromMilliseconds(20);

    private readonly EmulatorOptions _options;
    private readonly ModelCatalog _catalog;
    private readonly PriceCalculator _prices;
    private readonly OutputPlanner _planner;
    private readonly AccountBalance _balance;
    private readonly TaskStore _tasks;
    private readonly PredictionWriter _document;
    private readonly WebhookSender _webhooks;
    private readonly VideoProbe _probe;

    internal SubmitEndpoint(
        EmulatorOptions options, ModelCatalog catalog, PriceCalculator prices, OutputPlanner planner, AccountBalance balance, TaskStore tasks,
        PredictionWriter document, WebhookSender webhooks, VideoProbe probe) =>
        (_options, _catalog, _prices, _planner, _balance, _tasks, _document, _webhooks, _probe) = (options, catalog, prices, planner, balance, tasks, document, webhooks, probe);

    /// <summary>The handler for models of one catalog type.</summary>
    internal Func<RequestContext, CancellationToken, Task<Reply>> For(string type) =>
        (context, cancellationToken) => PostAsync(context, type, cancellationToken);

    private async Task<Reply> PostAsync(RequestContext context, string type, CancellationToken cancellationToken)
    {
        (EmulatedTask? task, Reply? refusal) = Accept(context, type);
        return task is null ? refusal! : await CreateReplyAsync(context, task, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Creates the task of a request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="type">The catalog type of the models that the endpoint serves.</param>
    /// <returns>The task, or the refusal.</returns>
    internal (EmulatedTask? Task, Reply? Refusal) Accept(RequestContext context, string type)
    {
        if (context.Request.MediaType != Reply.JsonType)
        {
            return (null, ErrorReply.Create(context, 400, "Content-Type must be application/json"));
        }

        if (SubmitBodyReader.Read(context) is not { } body)
        {
            return (null, ErrorReply.Create(context, 400, context.Body is null ? "invalid request body" : "model is required"));
        }

        if (_catalog.Find(body["model"]!.ToString()) is not { } model)
        {
            return (null, ErrorReply.Create(context, 404, "model not found"));
        }

        (RetentionHeaders? retention, string? invalidHeader) = RetentionHeaders.Read(context.Request.Headers);
        if (invalidHeader is not null)
        {
            return (null, ErrorReply.Create(context, 400, "invalid " + invalidHeader));
        }

        string? error = model.Type == type ? null : $"model {model.Id} is not available on this endpoint";
        error ??= body.ContainsKey("webhook_url") && !_webhooks.Accepts(ReadWebhookUri(body)) ? "webhook_url must be a public https URL" : null;
        error ??= _probe.IsMislabeled(body) ? "unsupported media format: the content does not match the extension" : null;
        error ??= RequestValidator.Validate(body, ModelSchema.For(model), _options.StrictValidation);
        if (error is not null)
        {
            return (null, ErrorReply.Create(context, 400, error));
        }

        (EmulatedTask? task, string? refusal) = TryCreateTask(context, model, body, retention!);
        return (task, task is null ? ErrorReply.Create(context, 402, refusal!) : null);
    }

    /// <summary>Waits until a task has ended.</summary>
    internal async Task<TaskState> WaitAsync(EmulatedTask task, CancellationToken cancellationToken)
    {
        TaskState state;
        while (!(state = task.StateAt(_options.Clock.GetUtcNow())).IsFinal)
        {
            await Task.Delay(s_syncPollInterval, _options.Clock, cancellationToken).ConfigureAwait(false);
        }

        _tasks.Settle();
        return state;
    }

    private static Uri? ReadWebhookUri(JsonObject body) =>
        Uri.TryCreate(body["webhook_url"]?.ToString(), UriKind.Absolute, out Uri? address) ? address : null;

    private (EmulatedTask? Task, string? Refusal) TryCreateTask(RequestContext context, CatalogModel model, JsonObject body, RetentionHeaders retention)
    {
        if (_tasks.RunningCount >= _options.MaximumConcurrentTasks)
        {
            return (null, "insufficient balance");
        }

        string id = Guid.NewGuid().ToString("N");
        JsonObject effective = RequestValidator.DropUnknown(body, ModelSchema.For(model));
        Quote quote = _prices.Quote(model, effective);
        string text = Encoding.UTF8.GetString(context.BodyBytes!);
        DateTimeOffset now = _options.Clock.GetUtcNow();
        (int chargeIndex, string? refusal) = _balance.TryReserve(new Charge
        {
            PredictionId = id,
            Model = model.Id,
            Amount = quote.Price,
            State = ChargeState.Reserved,
            Time = now,
            ApiKeyId = context.Caller.ApiKeyId,
            Usage = _prices.GetUsage(model, effective),
            Body = text,
            EffectiveBody = JsonText.Write(effective),
        });
        if (refusal is not null)
        {
            return (null, refusal);
        }

        ScenarioTask scenario = context.Rule?.Task ?? new ScenarioTask();
        EmulatedTask task = new()
        {
            Id = id,
            Account = context.Account,
            Model = model,
            Body = effective,
            BodyText = text,
            Quote = quote,
            CreatedAt = now,
            Duration = scenario.Duration ?? _options.DurationOf(model.Kind),
            PriceDelay = scenario.PriceDelay ?? _options.PublishPriceLate,
            Scenario = scenario,
            WebhookUri = ReadWebhookUri(body),
            OutputLifetime = retention.Outputs,
            DeletesRecord = retention.DeletesRecord,
            Outputs = _planner.Plan(id, model, effective, quote),
            ChargeIndex = chargeIndex,
        };
        _tasks.Add(task);
        _webhooks.Schedule(task);
        context.PredictionId = id;
        return (task, null);
    }

    private async Task<Reply> CreateReplyAsync(RequestContext context, EmulatedTask task, CancellationToken cancellationToken)
    {
        // The initial status depends on the kind, as on the service.
        TaskState state = task.Model.Type switch
        {
            "Video" => TaskState.Starting,
            "Audio" => TaskState.Created,
            _ => TaskState.Processing,
        };
        if (task.Values.Flag("enable_sync_mode"))
        {
            state = await WaitAsync(task, cancellationToken).ConfigureAwait(false);
        }

        _tasks.Settle();
        JsonObject data = _document.Write(task, state, _options.Clock.GetUtcNow(), context.Clock.Offset);
        return context.Rule?.Variant is { } variant
            ? new SampleTemplate(data, state.Phase).TryApply(variant) ?? Reply.Json(PredictionWriter.Envelope(data))
            : Reply.Json(PredictionWriter.Envelope(data));
    }
}
