using System.Globalization;
using AtlasCloud.Emulation.Catalog;
using AtlasCloud.Emulation.Chaos;
using AtlasCloud.Emulation.Chat;
using AtlasCloud.Emulation.Data;
using AtlasCloud.Emulation.Http;
using AtlasCloud.Emulation.Predictions;
using AtlasCloud.Emulation.Scenarios;

namespace AtlasCloud.Emulation.Routing;

/// <summary>What happens to every request before and after its endpoint: ledger, scenario, key, size, delay, faults.</summary>
internal sealed class Gateway
{
    /// <summary>The documented limit of a request body.</summary>
    private const long MaximumBody = 50L * 1024 * 1024;

    private static readonly TimeSpan s_drip = TimeSpan.FromMilliseconds(20);

    private readonly Router _router;
    private readonly EmulatorOptions _options;
    private readonly Authentication _authentication;
    private readonly Ledger _ledger;
    private readonly ScenarioRun _scenario;
    private readonly ChaosRun _chaos;
    private readonly TaskStore _tasks;
    private readonly CatalogDrift _drift;

    internal Gateway(
        Router router, EmulatorOptions options, Authentication authentication, Ledger ledger, ScenarioRun scenario, ChaosRun chaos, TaskStore tasks,
        CatalogDrift drift) =>
        (_router, _options, _authentication, _ledger, _scenario, _chaos, _tasks, _drift) =
        (router, options, authentication, ledger, scenario, chaos, tasks, drift);

    internal async Task<Outcome> HandleAsync(Request request, CancellationToken cancellationToken)
    {
        Exchange exchange = new(request, "req_" + Guid.NewGuid().ToString("N")[..20], _options.Clock);
        (int, int) place = _ledger.Open(request, exchange.RequestId);
        _drift.CountRequest();
        (Route Route, IReadOnlyList<string> Places)? found = _router.Find(request.Method, request.Path);
        exchange.Places = found?.Places ?? [];
        bool fits = await ReadBodyAsync(exchange, found?.Route, cancellationToken).ConfigureAwait(false);
        ScenarioMatch? match = _scenario.Match(request.Method, request.Path, ModelOf(exchange)) ?? _chaos.Match(request.Method, request.Path);
        (exchange.Rule, exchange.RuleOccasion) = (match?.Rule, match?.Occasion ?? 0);
        if (exchange.Rule is { Fault: HttpFault.DropBefore or HttpFault.Reset } cut)
        {
            _ledger.Close(place, exchange, 0, match);
            return new Outcome(null, cut.Fault);
        }

        Reply reply;
        try
        {
            ScenarioReply? told = exchange.Rule?.Reply;
            Reply? honest = told is { IsAfterwards: false } ? null : await AnswerAsync(exchange, found?.Route, fits, cancellationToken).ConfigureAwait(false);
            reply = told?.ToReply() ?? honest!;
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or IOException or BadRequestException))
        {
            // A fault of the emulator itself must be seen by whoever runs it, and not pass for one of the service.
            reply = Reply.Text("The emulator failed: " + exception, "text/plain", 500);
        }

        await DelayAsync(exchange, found?.Route, cancellationToken).ConfigureAwait(false);
        HttpFault fault = exchange.Rule?.Fault ?? HttpFault.None;
        if (fault == HttpFault.DropAfter)
        {
            _ledger.Close(place, exchange, 0, match);
            return new Outcome(null, fault);
        }

        if (!reply.Headers.Contains("X-Request-ID"))
        {
            reply.Headers.Add("X-Request-ID", exchange.RequestId);
        }

        if (!reply.Headers.Contains("Date"))
        {
            reply.Headers.Add("Date", _options.Clock.GetUtcNow().ToString("R", CultureInfo.InvariantCulture));
        }

        _ledger.Close(place, exchange, reply.Status, match);
        int events = exchange.Rule?.Events ?? ScenarioRule.UsualEvents;
        return new Outcome(Damage(reply, fault), fault, exchange.Rule?.Delay ?? s_drip, events, () => _ledger.Complete(place));
    }

    private static async Task<bool> ReadBodyAsync(Exchange exchange, Route? route, CancellationToken cancellationToken)
    {
        if (route?.Kind == RouteKind.Upload || exchange.Request.Body.IsComplete)
        {
            return true;
        }

        exchange.BodyBytes = await exchange.Request.ReadBodyAsync(MaximumBody, cancellationToken).ConfigureAwait(false);
        exchange.Body = exchange.BodyBytes is { } bytes ? JsonText.TryReadObject(bytes) : null;
        return exchange.BodyBytes is not null;
    }

    private async Task<Reply> AnswerAsync(Exchange exchange, Route? route, bool fits, CancellationToken cancellationToken)
    {
        Request request = exchange.Request;
        if (route is { Kind: RouteKind.Download })
        {
            return request.Headers.Contains("Authorization") || request.Headers.Contains("Referer")
                ? Reply.Text("<Error><Code>InvalidArgument</Code></Error>", "application/xml", 400)
                : await route.Handler(exchange, cancellationToken).ConfigureAwait(false);
        }

        if (_options.RequireUserAgent && !IsProduct(request.Headers["User-Agent"]))
        {
            return Sample.All["errors/403-cloudflare-1010.html"].ToReply();
        }

        // The service looks at the key before it looks at the path, and so a wrong path is a 401 even with a good key.
        if (route is null || (route.Kind is RouteKind.Api or RouteKind.Upload && !_authentication.Accepts(request)))
        {
            return request.Path.StartsWith("/public/", StringComparison.Ordinal)
                ? Refusal.Public(exchange, 401, "authentication_error", "invalid_api_key", "Invalid API key")
                : Refusal.Of(exchange, 401, "unauthorized");
        }

        return fits
            ? await route.Handler(exchange, cancellationToken).ConfigureAwait(false)
            : Refusal.Of(exchange, 413, "request body exceeds 50 MB");
    }

    private async Task DelayAsync(Exchange exchange, Route? route, CancellationToken cancellationToken)
    {
        TimeSpan delay = exchange.Rule is { Fault: not HttpFault.SlowDrip, Delay: { } asked } ? asked : TimeSpan.Zero;
        if (route?.Kind is not (RouteKind.Download or RouteKind.Static))
        {
            delay += _options.Latency;
        }

        if (delay > TimeSpan.Zero)
        {
            await Task.Delay(delay, _options.Clock, cancellationToken).ConfigureAwait(false);
        }
    }

    private string? ModelOf(Exchange exchange) =>
        exchange.Body?["model"]?.ToString() ??
        (exchange.Places is [{ } place, ..] && GeminiAction.Parse(place) is { } action ? action.Model : null) ??
        exchange.Places.Select(_tasks.Find).FirstOrDefault(task => task is not null)?.Model.Id;

    private static Reply Damage(Reply reply, HttpFault fault) => fault switch
    {
        HttpFault.WrongType => reply.As(reply.ContentType == Reply.JsonType ? "text/html; charset=UTF-8" : "application/octet-stream"),
        HttpFault.NoType => reply.As(null),
        _ => reply,
    };

    /// <summary>What the bot check lets through: a product name that is not a library's own.</summary>
    private static bool IsProduct(string? userAgent) =>
        !string.IsNullOrWhiteSpace(userAgent) &&
        !userAgent.StartsWith("Python-urllib", StringComparison.OrdinalIgnoreCase) &&
        !userAgent.StartsWith("Java/", StringComparison.OrdinalIgnoreCase);
}
