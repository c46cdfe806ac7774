namespace AtlasCloud.Tests;

/// <summary>A fake network: responds from a queue or by path, and records the requests.</summary>
internal sealed class StubHandler : HttpMessageHandler
{
    private readonly object _lock = new();
    private readonly Queue<StubReply> _queue = new();
    private readonly List<(string Path, Queue<StubReply> Replies)> _routes = [];
    private readonly List<SeenRequest> _seen = [];

    internal StubHandler(params StubReply[] replies) => Array.ForEach(replies, _queue.Enqueue);

    /// <summary>All requests, in order.</summary>
    internal IReadOnlyList<SeenRequest> Seen { get { lock (_lock) { return [.. _seen]; } } }

    /// <summary>Responds to requests whose path and query contain this text, with each reply once and the last one repeatedly.</summary>
    internal StubHandler When(string path, params StubReply[] replies)
    {
        lock (_lock)
        {
            _routes.Add((path, new Queue<StubReply>(replies)));
        }

        return this;
    }

    internal StubHandler Then(StubReply reply)
    {
        lock (_lock)
        {
            _queue.Enqueue(reply);
        }

        return this;
    }

    /// <summary>The requests whose path and query contain this text.</summary>
    internal IReadOnlyList<SeenRequest> SeenAt(string path) => [.. Seen.Where(r => r.Path.Contains(path, StringComparison.Ordinal))];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, IEnumerable<string> values) in request.Headers.Concat(request.Content?.Headers.AsEnumerable() ?? []))
        {
            headers[name] = string.Join(", ", values);
        }

        byte[] body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        StubReply reply;
        lock (_lock)
        {
            _seen.Add(new SeenRequest(request.Method, request.RequestUri!, headers, body));
            reply = Next(request.RequestUri!.PathAndQuery);
        }

        return await reply.AnswerAsync(request, cancellationToken);
    }

    private StubReply Next(string path)
    {
        foreach ((string route, Queue<StubReply> replies) in _routes)
        {
            if (path.Contains(route, StringComparison.Ordinal))
            {
                return replies.Count > 1 ? replies.Dequeue() : replies.Peek();
            }
        }

        // After a submit without a response the history is searched. By default it is empty.
        if (!_queue.TryPeek(out _) && path.Contains("/model/history", StringComparison.Ordinal))
        {
            return Fixture.Reply("history/empty.json");
        }

        return _queue.TryDequeue(out StubReply? reply) ? reply : throw new InvalidOperationException($"No reply is configured for {path}.");
    }
}
