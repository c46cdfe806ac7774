using System.Globalization;
using AtlasCloud.Emulation.Catalog;
using AtlasCloud.Emulation.Chaos;
using AtlasCloud.Emulation.Chat;
using AtlasCloud.Emulation.Data;
using AtlasCloud.Emulation.Http;
using AtlasCloud.Emulation.Predictions;
using AtlasCloud.Emulation.Scenarios;

namespace AtlasCloud.Emulation.Routing;

/// <summary>Processes every request before and after its endpoint: ledger, scenario, authentication, size limit, delays, faults.</summary>
internal sealed class Gateway
{
    /// <summary>The documented limit of a request body.</summary>
    private const long MaximumBodyBytes = 50L * 1024 * 1024;

    private static readonly TimeSpan s_defaultChunkDelay = TimeSpan.FromMilliseconds(20);

    private readonly Router _router;
    private readonly EmulatorOptions _options;
    private readonly Authentication _authentication;
    private readonly Ledger _ledger;
    private readonly ScenarioMatcher _scenario;
    private readonly ChaosInjector _chaos;
    private readonly TaskStore _tasks;
    private readonly CatalogChangeTracker _changeTracker;

    internal Gateway(
        Router router, EmulatorOptions options, Authentication authentication, Ledger ledger, ScenarioMatcher scenario, ChaosInjector chaos, TaskStore tasks,
        CatalogChangeTracker changeTracker) =>
        (_router, _options, _authentication, _ledger, _scenario, _chaos, _tasks, _changeTracker) =
        (router, options, authentication, ledger, scenario, chaos, tasks, changeTracker);

    internal async Task<HandlerResult> HandleAsync(Request request, CancellationToken cancellationToken)
    {
        RequestContext context = new(request, "req_" + Guid.NewGuid().ToString("N")[..20], _authentication.FindCaller(request));
        (int, int) entryId = _ledger.Add(request, context.RequestId, context.Caller);
        _changeTracker.CountRequest();
        (Route Route, IReadOnlyList<string> RouteValues)? matched = _router.Find(request.Method, request.Path);
        context.RouteValues = matched?.RouteValues ?? [];
        bool isWithinLimit = await ReadBodyAsync(context, matched?.Route, cancellationToken).ConfigureAwait(false);
        ScenarioMatch? match = _scenario.Match(request.Method, request.Path, FindModelId(context)) ?? _chaos.Match(request.Method, request.Path);
        (context.Rule, context.RuleMatchCount) = (match?.Rule, match?.MatchCount ?? 0);
        context.Clock = match?.Rule.Clock ?? _options.Scenario?.Clock ?? ScenarioClock.Accurate;
        if (context.Rule is { Fault: HttpFault.DropBefore or HttpFault.Reset } dropped)
        {
            _ledger.Update(entryId, context, 0, match);
            return new HandlerResult(null, dropped.Fault);
        }

        Reply reply;
        try
        {
            ScenarioReply? scriptedReply = context.Rule?.Reply;
            Reply? actualReply = scriptedReply is { ExecutesRequest: false }
                ? null
                : await RouteAsync(context, matched?.Route, isWithinLimit, cancellationToken).ConfigureAwait(false);
            reply = scriptedReply?.ToReply(actualReply, new ScenarioPlaceholders(context.PredictionId, _authentication.KeyOf(context.Account))) ?? actualReply!;
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or IOException or BadRequestException))
        {
            // A bug in the emulator must be visible, and must not look like an error of the service.
            reply = Reply.Text("The emulator failed: " + exception, "text/plain", 500);
        }

        await DelayAsync(context, matched?.Route, cancellationToken).ConfigureAwait(false);
        HttpFault fault = context.Rule?.Fault ?? HttpFault.None;
        if (fault == HttpFault.DropAfter)
        {
            _ledger.Update(entryId, context, 0, match);
            return new HandlerResult(null, fault);
        }

        if (!reply.Headers.Contains("X-Request-ID"))
        {
            reply.Headers.Add("X-Request-ID", context.RequestId);
        }

        if (!reply.Headers.Contains("Date"))
        {
            reply.Headers.Add("Date", (_options.Clock.GetUtcNow() + context.Clock.DateOffset).ToString("R", CultureInfo.InvariantCulture));
        }

        _ledger.Update(entryId, context, reply.Status, match);
        int eventsBeforeFault = context.Rule?.Events ?? ScenarioRule.DefaultEvents;
        TimeSpan chunkDelay = context.Rule?.Delay ?? s_defaultChunkDelay;
        return new HandlerResult(
            ApplyReplyFault(reply, fault), fault, chunkDelay, eventsBeforeFault, OnSent: () => _ledger.MarkDelivered(entryId));
    }

    private static async Task<bool> ReadBodyAsync(RequestContext context, Route? route, CancellationToken cancellationToken)
    {
        if (route?.Kind == RouteKind.Upload || context.Request.Body.IsComplete)
        {
            return true;
        }

        context.BodyBytes = await context.Request.ReadBodyAsync(MaximumBodyBytes, cancellationToken).ConfigureAwait(false);
        context.Body = context.BodyBytes is { } bytes ? JsonText.TryReadObject(bytes) : null;
        return context.BodyBytes is not null;
    }

    private async Task<Reply> RouteAsync(RequestContext context, Route? route, bool isWithinLimit, CancellationToken cancellationToken)
    {
        Request request = context.Request;
        if (route is { Kind: RouteKind.Download })
        {
            return request.Headers.Contains("Authorization") || request.Headers.Contains("Referer")
                ? Reply.Text("<Error><Code>InvalidArgument</Code></Error>", "application/xml", 400)
                : await route.Handler(context, cancellationToken).ConfigureAwait(false);
        }

        if (_options.RequireUserAgent && !HasProductToken(request.Headers["User-Agent"]))
        {
            return Sample.All["errors/403-cloudflare-1010.html"].ToReply();
        }

        // The service checks the key before the path, and answers unknown paths with 401 even for a valid key.
        if (route is null || (route.Kind is RouteKind.Api or RouteKind.Upload && context.Account is null))
        {
            return request.Path.StartsWith("/public/", StringComparison.Ordinal)
                ? ErrorReply.CreateBilling(context, 401, "authentication_error", "invalid_api_key", "Invalid API key")
                : ErrorReply.Create(context, 401, "unauthorized");
        }

        if (route.Kind == RouteKind.Management && !context.Caller.IsManagement)
        {
            return ErrorReply.CreateBilling(context, 401, "authentication_error", "invalid_api_key", "Invalid management API key");
        }

        return isWithinLimit
            ? await route.Handler(context, cancellationToken).ConfigureAwait(false)
            : ErrorReply.Create(context, 413, "request body exceeds 50 MB");
    }

    private async Task DelayAsync(RequestContext context, Route? route, CancellationToken cancellationToken)
    {
        TimeSpan delay = context.Rule is { Fault: not HttpFault.SlowDrip, Delay: { } ruleDelay } ? ruleDelay : TimeSpan.Zero;
        if (route?.Kind is not (RouteKind.Download or RouteKind.Static))
        {
            delay += _options.Latency;
        }

        if (delay > TimeSpan.Zero)
        {
            await Task.Delay(delay, _options.Clock, cancellationToken).ConfigureAwait(false);
        }
    }

    private string? FindModelId(RequestContext context) =>
        context.Body?["model"]?.ToString() ??
        (context.RouteValues is [{ } routeValue, ..] && GeminiAction.Parse(routeValue) is { } action ? action.Model : null) ??
        context.RouteValues.Select(_tasks.Find).FirstOrDefault(task => task is not null)?.Model.Id;

    private static Reply ApplyReplyFault(Reply reply, HttpFault fault) => fault switch
    {
        HttpFault.WrongType => reply.WithContentType(reply.ContentType == Reply.JsonType ? "text/html; charset=UTF-8" : "application/octet-stream"),
        HttpFault.NoType => reply.WithContentType(null),
        // A part of a file is sent unchanged: zeros after a correct start cannot be told from silence in a sound file.
        HttpFault.Zeros when reply.WriteChunks is null && reply.Status == 200 => reply.WithBody(new byte[reply.Length]),
        _ => reply,
    };

    /// <summary>The bot check accepts a product name that is not the default of an HTTP library.</summary>
    private static bool HasProductToken(string? userAgent) =>
        !string.IsNullOrWhiteSpace(userAgent) &&
        !userAgent.StartsWith("Python-urllib", StringComparison.OrdinalIgnoreCase) &&
        !userAgent.StartsWith("Java/", StringComparison.OrdinalIgnoreCase);
}
