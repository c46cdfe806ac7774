using System.Globalization;
using System.Security.Cryptography;
using AtlasCloud.Emulation.Http;
using AtlasCloud.Emulation.Predictions;
using AtlasCloud.Emulation.Routing;

namespace AtlasCloud.Emulation.Media;

/// <summary>GET /outputs/... and /media/...: the object store, which accepts no key.</summary>
internal sealed class DownloadEndpoint
{
    /// <summary>The query parameter that distinguishes fresh addresses from expired ones.</summary>
    internal const string GenerationParameter = "generation";

    private readonly TaskStore _tasks;
    private readonly MediaStore _media;
    private readonly RenderCache _cache = new();
    private readonly TimeProvider _clock;

    internal DownloadEndpoint(TaskStore tasks, MediaStore media, TimeProvider clock) => (_tasks, _media, _clock) = (tasks, media, clock);

    internal Reply GetOutput(RequestContext context)
    {
        string id = context.RouteValues[0];
        context.PredictionId = id;
        DateTimeOffset now = _clock.GetUtcNow();
        if (_tasks.Find(id) is not { } task ||
            task.StateAt(now).Phase != TaskPhase.Succeeded ||
            now - task.EndsAt > task.OutputLifetime ||
            !int.TryParse(context.RouteValues[1].Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out int index) ||
            task.Outputs.All.FirstOrDefault(item => item.Index == index) is not { } output)
        {
            return NotFound();
        }

        int generation = int.TryParse(context.Request.Query[GenerationParameter], NumberStyles.None, CultureInfo.InvariantCulture, out int requested) ? requested : 0;
        if (context.Rule?.Fault == HttpFault.ExpiredLink)
        {
            task.ExpireLinks(generation);
        }

        bool isExpired = long.TryParse(context.Request.Query["Expires"], NumberStyles.None, CultureInfo.InvariantCulture, out long expires) &&
            now.ToUnixTimeMilliseconds() > expires;
        if (isExpired || generation != task.LinkGeneration)
        {
            return Expired();
        }

        byte[] bytes = _cache.Get($"{id}/{index}", output.Render);
        string tag = Convert.ToHexString(SHA256.HashData(bytes), 0, 16);
        return Serve(context.Request, bytes.Length, tag, output.ContentType, (from, length) =>
            Reply.Create(from == 0 && length == bytes.Length ? bytes : bytes.AsSpan((int)from, (int)length).ToArray(), output.ContentType));
    }

    internal Reply GetMedia(RequestContext context)
    {
        if (_media.Find(context.RouteValues[0]) is not { FilePath: { } path } media)
        {
            return NotFound();
        }

        if (context.Rule?.Fault == HttpFault.ExpiredLink)
        {
            return Expired();
        }

        return Serve(context.Request, media.Length, media.Sha256[..32], media.ContentType, (from, length) =>
            Reply.Create(new FileSlice(path, from, length), media.ContentType));
    }

    private static Reply NotFound() =>
        Reply.Text("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>NoSuchKey</Code></Error>", "application/xml", 404);

    private static Reply Expired() => Reply.Text(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>AccessDenied</Code><Message>Request has expired.</Message></Error>", "application/xml", 403);

    private static Reply Serve(Request request, long length, string tag, string contentType, Func<long, long, Reply> read)
    {
        tag = $"\"{tag}\"";
        if (request.Headers["If-None-Match"] == tag)
        {
            return Reply.Create([], contentType, 304).WithHeader("ETag", tag);
        }

        // If-Range: a changed file is sent whole.
        string? rangeHeader = request.Headers["If-Range"] is { } requiredTag && requiredTag != tag ? null : request.Headers["Range"];
        if (rangeHeader is null || ByteRange.Parse(rangeHeader, length) is not { } range)
        {
            return read(0, length).WithHeader("ETag", tag).WithHeader("Accept-Ranges", "bytes");
        }

        if (range.Length == 0)
        {
            return Reply.Create([], null, 416).WithHeader("Content-Range", $"bytes */{length}");
        }

        Reply reply = read(range.From, range.Length).WithHeader("ETag", tag).WithHeader("Accept-Ranges", "bytes")
            .WithHeader("Content-Range", $"bytes {range.From}-{range.From + range.Length - 1}/{length}");
        reply.Status = 206;
        return reply;
    }
}
