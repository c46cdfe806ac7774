using System.Buffers;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.IO.Pipelines;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace AtlasCloud.Bench.Server;

/// <summary>
/// The service on loopback, on Kestrel: catalog, submit, poll, download, upload and chat stream. It shares no code with the emulator, so that neither the
/// module nor a peer is measured against a server that was written for it.
/// </summary>
internal sealed class BenchServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, (BenchModel Model, long Submitted)> _tasks = new(StringComparer.Ordinal);
    private readonly byte[] _schema = BenchCatalog.ReadSchema();
    private byte[] _catalog = [];
    private long _polls;

    private BenchServer(WebApplication app) => _app = app;

    internal string Address => _app.Urls.First();

    internal static async Task<BenchServer> StartAsync(IEnumerable<BenchModel> models)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel((_, options) =>
        {
            options.Limits.MaxRequestBodySize = null;
            options.Limits.MinRequestBodyDataRate = null;
            options.Limits.MinResponseDataRate = null;
            options.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
        });
        BenchServer server = new(builder.Build());
        server.Map();
        await server._app.StartAsync().ConfigureAwait(false);
        server._catalog = BenchCatalog.Compose(server.Address, models);
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private void Map()
    {
        _app.MapGet("/api/v1/models", context => SendJsonAsync(context, _catalog));
        _app.MapGet("/schema.json", context => SendJsonAsync(context, _schema));
        _app.MapPost("/api/v1/model/generateImage", SubmitAsync);
        _app.MapGet("/api/v1/model/prediction/{id}", PollAsync);
        _app.MapGet("/files/{id}/{bytes:long}.png", context => Picture.SendAsync(context, long.Parse((string)context.GetRouteValue("bytes")!, CultureInfo.InvariantCulture)));
        _app.MapPost("/api/v1/model/uploadMedia", UploadAsync);
        _app.MapPost("/v1/chat/completions", ChatAsync);
        _app.MapGet("/polls", context => context.Response.WriteAsync(Interlocked.Exchange(ref _polls, 0).ToString(CultureInfo.InvariantCulture)));
    }

    private async Task SubmitAsync(HttpContext context)
    {
        using JsonDocument body = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted).ConfigureAwait(false);
        if (BenchModel.Parse(body.RootElement.GetProperty("model").GetString()!) is not BenchModel model)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        string id = Guid.NewGuid().ToString("N");
        _tasks[id] = (model, Stopwatch.GetTimestamp());
        await SendJsonAsync(context, Describe(id, model, isCompleted: false)).ConfigureAwait(false);
    }

    private Task PollAsync(HttpContext context)
    {
        Interlocked.Increment(ref _polls);
        string id = (string)context.GetRouteValue("id")!;
        if (!_tasks.TryGetValue(id, out (BenchModel Model, long Submitted) task))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        return SendJsonAsync(context, Describe(id, task.Model, Stopwatch.GetElapsedTime(task.Submitted) >= task.Model.ServiceTime));
    }

    private byte[] Describe(string id, BenchModel model, bool isCompleted) => JsonSerializer.SerializeToUtf8Bytes(new JsonObject
    {
        ["code"] = 200,
        ["message"] = "",
        ["data"] = new JsonObject
        {
            ["id"] = id,
            ["model"] = model.Id,
            ["status"] = isCompleted ? "completed" : "processing",
            ["outputs"] = isCompleted ? new JsonArray(string.Create(CultureInfo.InvariantCulture, $"{Address}/files/{id}/{model.Bytes}.png")) : null,
            ["urls"] = new JsonObject { ["get"] = $"{Address}/api/v1/model/prediction/{id}" },
            ["price"] = isCompleted ? "0.01" : null,
            ["error"] = "",
        },
    });

    // Counts the bytes and keeps none, as the peers send the same form.
    private async Task UploadAsync(HttpContext context)
    {
        long received = 0;
        PipeReader body = context.Request.BodyReader;
        while (true)
        {
            ReadResult result = await body.ReadAsync(context.RequestAborted).ConfigureAwait(false);
            received += result.Buffer.Length;
            body.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted)
            {
                break;
            }
        }

        await SendJsonAsync(context, JsonSerializer.SerializeToUtf8Bytes(new JsonObject
        {
            ["code"] = 200,
            ["data"] = new JsonObject { ["download_url"] = $"{Address}/media/{received}" },
        })).ConfigureAwait(false);
    }

    private static async Task ChatAsync(HttpContext context)
    {
        using JsonDocument body = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted).ConfigureAwait(false);
        int events = body.RootElement.GetProperty("max_tokens").GetInt32();
        context.Response.ContentType = "text/event-stream";
        byte[] line = """
            data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1790000000,"model":"bench/chat","choices":[{"index":0,"delta":{"content":"word "},"finish_reason":null}]}


            """u8.ToArray().Where(b => b != '\r').ToArray();
        PipeWriter writer = context.Response.BodyWriter;
        for (int sent = 0; sent < events; sent++)
        {
            writer.Write(line);
            if (writer.UnflushedBytes > 32 * 1024)
            {
                await writer.FlushAsync(context.RequestAborted).ConfigureAwait(false);
            }
        }

        writer.Write("""
            data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1790000000,"model":"bench/chat","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

            data: [DONE]


            """u8);
        await writer.FlushAsync(context.RequestAborted).ConfigureAwait(false);
    }

    private static Task SendJsonAsync(HttpContext context, byte[] content)
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = content.Length;
        return context.Response.Body.WriteAsync(content, context.RequestAborted).AsTask();
    }
}
