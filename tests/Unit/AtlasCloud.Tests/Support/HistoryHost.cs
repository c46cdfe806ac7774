using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AtlasCloud.Tests;

/// <summary>A service whose submits are lost or accepted as a test decides, and whose history can lie in many ways. Its clock is not that of the client.</summary>
internal sealed class HistoryHost(FakeClock clock)
{
    private readonly object _lock = new();
    private readonly List<Item> _items = [];

    /// <summary>How far the clock of the service is ahead of the true time.</summary>
    internal TimeSpan Ahead { get; set; }

    /// <summary>How far the times in the history are ahead of the Date header.</summary>
    internal TimeSpan HistoryAhead { get; set; }

    internal bool SendsDate { get; set; } = true;

    /// <summary>Writes a page of the history; null for the documented form.</summary>
    internal Func<JsonArray, int, JsonNode?>? Page { get; set; }

    /// <summary>Answers the history in another way than with JSON; null for a page.</summary>
    internal Func<int, StubReply?>? Fault { get; set; }

    /// <summary>The number of reads of the history.</summary>
    internal int Reads { get; private set; }

    /// <summary>Whether submits are answered. If not, their tasks are created and the connection drops.</summary>
    internal bool Answers { get; set; }

    /// <summary>Whether submits create tasks.</summary>
    internal bool Accepts { get; set; } = true;

    /// <summary>The number of submits to refuse with 429 before one is accepted.</summary>
    internal int Refusals { get; set; }

    /// <summary>The ID of all predictions; null for a new one each.</summary>
    internal string? FixedId { get; set; }

    /// <summary>How long after its creation a task is missing in the history.</summary>
    internal TimeSpan Lag { get; set; }

    /// <summary>Changes the stored request of the next tasks.</summary>
    internal Func<string, string> Store { get; set; } = body => body;

    internal IReadOnlyList<string> Ids { get { lock (_lock) { return [.. _items.Select(i => i.Id)]; } } }

    // The true time: a test changes the clock of the client only with SetWall.
    private DateTimeOffset Now => new DateTimeOffset(clock.GetTimestamp(), TimeSpan.Zero) + Ahead;

    /// <summary>The network for a client.</summary>
    internal StubHandler Connect() => Some.Service()
        .When("/model/generate", new StubReply(SubmitAsync))
        .When("/model/history", new StubReply(ReadHistoryAsync))
        .When("/model/prediction/", StubReply.Json("""{"code":404,"msg":"not found"}""", 404))
        .When("/model/result/", StubReply.Json("""{"code":404,"msg":"not found"}""", 404))
        .When("/model/getResult", StubReply.Json("""{"code":404,"msg":"not found"}""", 404));

    /// <summary>Creates a task that no journal knows.</summary>
    internal string Add(string body, TimeSpan ago = default)
    {
        lock (_lock)
        {
            _items.Add(new Item($"task-{_items.Count + 1}", body, Now - ago));
            return _items[^1].Id;
        }
    }

    /// <summary>All items of the history, oldest first.</summary>
    internal IReadOnlyList<JsonObject> Write()
    {
        lock (_lock)
        {
            return [.. _items.Select(Write)];
        }
    }

    private async Task<HttpResponseMessage> SubmitAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (Refusals-- > 0)
        {
            return await DatedAsync(StubReply.Json("""{"code":429,"msg":"slow down"}""", 429, ("Retry-After", "60")), request, cancellationToken);
        }

        string body = await request.Content!.ReadAsStringAsync(cancellationToken);
        string? id = Accepts ? Add(Store(body)) : null;
        StubReply reply = Answers && id is not null ? Some.State("processing", FixedId ?? id) : StubReply.Fault(HttpRequestError.ResponseEnded);
        return await DatedAsync(reply, request, cancellationToken);
    }

    private async Task<HttpResponseMessage> ReadHistoryAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        int read = ++Reads;
        int page = int.Parse(request.RequestUri!.Query.Split("no=")[1].Split('&')[0], CultureInfo.InvariantCulture);
        return await DatedAsync(Fault?.Invoke(read) ?? WritePage(page), request, cancellationToken);
    }

    private StubReply WritePage(int page)
    {
        lock (_lock)
        {
            Item[] shown = [.. _items.Where(i => Lag == TimeSpan.Zero || i.CreatedAt + Lag <= Now).Reverse()];
            JsonArray items = [.. shown.Skip((page - 1) * 50).Take(50).Select(Write)];
            JsonNode? content = Page is null ? Envelope(items, shown.Length) : Page(items, page);
            return content is null ? StubReply.Text("The history is being prepared.", 200) : StubReply.Json(content.ToJsonString());
        }
    }

    internal static JsonNode Envelope(JsonArray items, int total) =>
        new JsonObject { ["code"] = "200", ["data"] = new JsonObject { ["items"] = items, ["pageNo"] = 1, ["pageSize"] = 50, ["total"] = total } };

    private JsonObject Write(Item item) => new()
    {
        ["ID"] = item.Id,
        ["createdAt"] = (item.CreatedAt + HistoryAhead).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        ["model"] = Some.ImageModel,
        ["status"] = "processing",
        ["requestBody"] = item.Body,
        ["result"] = null,
    };

    private async Task<HttpResponseMessage> DatedAsync(StubReply reply, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage response = await reply.AnswerAsync(request, cancellationToken);
        if (SendsDate)
        {
            response.Headers.Date = Now;
        }

        return response;
    }

    /// <summary>A request body as the service stores it.</summary>
    internal static string Body(string prompt) => JsonSerializer.Serialize(new { prompt, model = Some.ImageModel });

    private sealed record Item(string Id, string Body, DateTimeOffset CreatedAt);
}
