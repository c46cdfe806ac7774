using System.Globalization;
using System.Security.Cryptography;
using AtlasCloud.Emulation.Http;
using AtlasCloud.Emulation.Predictions;
using AtlasCloud.Emulation.Routing;

namespace AtlasCloud.Emulation.Media;

/// <summary>GET /outputs/... and /media/...: the object store, without a key.</summary>
internal sealed class DownloadEndpoint
{
    /// <summary>The parameter that tells a fresh address from one that has expired.</summary>
    internal const string Generation = "generation";

    private readonly TaskStore _tasks;
    private readonly MediaStore _media;
    private readonly RenderCache _cache = new();
    private readonly TimeProvider _clock;

    internal DownloadEndpoint(TaskStore tasks, MediaStore media, TimeProvider clock) => (_tasks, _media, _clock) = (tasks, media, clock);

    internal Reply GetOutput(Exchange exchange)
    {
        string id = exchange.Places[0];
        exchange.PredictionId = id;
        DateTimeOffset now = _clock.GetUtcNow();
        if (_tasks.Find(id) is not { } task ||
            task.State(now).Phase != TaskPhase.Succeeded ||
            now - task.Ends > task.OutputLifetime ||
            !int.TryParse(exchange.Places[1].Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out int index) ||
            task.Outputs.All.FirstOrDefault(item => item.Index == index) is not { } output)
        {
            return Missing();
        }

        int generation = int.TryParse(exchange.Request.Query[Generation], NumberStyles.None, CultureInfo.InvariantCulture, out int asked) ? asked : 0;
        if (exchange.Rule?.Fault == HttpFault.ExpiredLink)
        {
            task.ExpireLinks(generation);
        }

        bool isLate = long.TryParse(exchange.Request.Query["Expires"], NumberStyles.None, CultureInfo.InvariantCulture, out long expires) &&
            now.ToUnixTimeMilliseconds() > expires;
        if (isLate || generation != task.ExpiredLinks)
        {
            return Expired();
        }

        byte[] bytes = _cache.Get($"{id}/{index}", output.Render);
        string tag = Convert.ToHexString(SHA256.HashData(bytes), 0, 16);
        return Serve(exchange.Request, bytes.Length, tag, output.ContentType, (from, length) =>
            Reply.Of(from == 0 && length == bytes.Length ? bytes : bytes.AsSpan((int)from, (int)length).ToArray(), output.ContentType));
    }

    internal Reply GetMedia(Exchange exchange)
    {
        if (_media.Find(exchange.Places[0]) is not { FilePath: { } path } media)
        {
            return Missing();
        }

        if (exchange.Rule?.Fault == HttpFault.ExpiredLink)
        {
            return Expired();
        }

        return Serve(exchange.Request, media.Length, media.Sha256[..32], media.ContentType, (from, length) =>
            Reply.Of(new FileSlice(path, from, length), media.ContentType));
    }

    private static Reply Missing() =>
        Reply.Text("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>NoSuchKey</Code></Error>", "application/xml", 404);

    private static Reply Expired() => Reply.Text(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>AccessDenied</Code><Message>Request has expired.</Message></Error>", "application/xml", 403);

    private static Reply Serve(Request request, long length, string tag, string contentType, Func<long, long, Reply> read)
    {
        tag = $"\"{tag}\"";
        if (request.Headers["If-None-Match"] == tag)
        {
            return Reply.Of([], contentType, 304).With("ETag", tag);
        }

        // A range that belongs to another version of the file gets the whole file.
        string? asked = request.Headers["If-Range"] is { } version && version != tag ? null : request.Headers["Range"];
        if (asked is null || ByteRange.Parse(asked, length) is not { } range)
        {
            return read(0, length).With("ETag", tag).With("Accept-Ranges", "bytes");
        }

        if (range.Length == 0)
        {
            return Reply.Of([], null, 416).With("Content-Range", $"bytes */{length}");
        }

        Reply reply = read(range.From, range.Length).With("ETag", tag).With("Accept-Ranges", "bytes")
            .With("Content-Range", $"bytes {range.From}-{range.From + range.Length - 1}/{length}");
        reply.Status = 206;
        return reply;
    }
}
