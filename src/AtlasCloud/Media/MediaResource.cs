using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using AtlasCloud.FileTypes;
using AtlasCloud.Http;
using AtlasCloud.Json;
using AtlasCloud.Storage;

namespace AtlasCloud;

/// <summary>Uploads. The same bytes are sent once in the life of a client.</summary>
public sealed class MediaResource
{
    private readonly HttpPipeline _http;
    private readonly TimeProvider _clock;
    private readonly ConcurrentDictionary<string, Lazy<Task<Media>>> _sent = new(StringComparer.Ordinal);

    internal MediaResource(HttpPipeline http, TimeProvider clock) => (_http, _clock) = (http, clock);

    /// <summary>Uploads a file, or gives back what the same bytes got before.</summary>
    /// <exception cref="AtlasCloudException">The file cannot be read, or the service refused it.</exception>
    public Task<Media> UploadAsync(string path, CancellationToken cancellationToken = default) => UploadAsync(path, null, cancellationToken);

    internal async Task<Media> UploadAsync(string path, Action<long, long?>? progress, CancellationToken cancellationToken)
    {
        LocalFile.Check(path);
        (string digest, long length) = await DigestAsync(path, cancellationToken).ConfigureAwait(false);
        while (true)
        {
            bool isOwn = false;
            Lazy<Task<Media>> sending = _sent.GetOrAdd(digest, _ => new Lazy<Task<Media>>(() =>
            {
                isOwn = true;
                return SendAsync(path, digest, length, progress, cancellationToken);
            }));
            try
            {
                // An own upload is cancelled by the same token: waiting for it to end leaves no file open behind the caller.
                Task<Media> upload = sending.Value;
                Media media = await (isOwn ? upload : upload.WaitAsync(cancellationToken)).ConfigureAwait(false);
                if (!isOwn)
                {
                    AtlasCloudLog.Verbose($"{path} was uploaded before and is not sent again.");
                }

                return media with { Path = path };
            }
            catch (Exception exception)
            {
                _sent.TryRemove(new KeyValuePair<string, Lazy<Task<Media>>>(digest, sending));

                // Another command began this upload and was stopped: that is not our failure.
                if (exception is not OperationCanceledException || cancellationToken.IsCancellationRequested)
                {
                    throw;
                }
            }
        }
    }

    private async Task<Media> SendAsync(string path, string digest, long length, Action<long, long?>? progress, CancellationToken cancellationToken)
    {
        string name = System.IO.Path.GetFileName(path);
        FileType type = await TypeOfAsync(path, cancellationToken).ConfigureAwait(false);
        if (length > LocalFile.LargeUpload)
        {
            AtlasCloudLog.Warning($"{name} has {length / (1024 * 1024)} MiB; the service documents a limit of 50 MB per request and may refuse it.");
        }

        ApiCall call = new(HttpMethod.Post, _http.Media("model/uploadMedia"), $"the upload of {name}")
        {
            Content = () => Form(path, name, type),
            Sending = new TransferProgress(progress),
        };
        ApiResponse reply = await SendAsync(call, path, cancellationToken).ConfigureAwait(false);
        JsonElement root = ResponseErrors.JsonOf(reply, call.Description, _http.Key);
        if (AddressIn(root) is not Uri uri)
        {
            throw new AtlasCloudException(AtlasCloudErrorKind.UnexpectedReply, $"The service took {name} but did not say where it is kept.") { RequestId = reply.RequestId, Target = path };
        }

        AtlasCloudLog.Verbose($"Uploaded {path} ({length} bytes) to {uri.AbsoluteUri}");
        return new Media
        {
            Uri = uri,
            Name = name,
            Path = path,
            Kind = type.Kind,
            ContentType = type.ContentType,
            Length = length,
            Sha256 = digest,
            UploadedAt = _clock.GetUtcNow(),
        };
    }

    private async Task<ApiResponse> SendAsync(ApiCall call, string path, CancellationToken cancellationToken)
    {
        try
        {
            return await _http.SendAsync(call, cancellationToken).ConfigureAwait(false);
        }
        catch (AtlasCloudException exception) when (exception.Kind is AtlasCloudErrorKind.ConnectionFailed or AtlasCloudErrorKind.RequestTimedOut)
        {
            throw new AtlasCloudException(AtlasCloudErrorKind.UploadFailed, $"{path} could not be uploaded: {exception.Message}", exception) { Target = path };
        }
    }

    /// <summary>Finds the address in any of the replies that have been seen.</summary>
    internal static Uri? AddressIn(JsonElement root)
    {
        JsonElement? data = root.Member("data");
        string? text = data?.Text("download_url", "url", "file_url") ?? data?.AsText() ?? root.Text("download_url", "url", "file_url");
        return Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && uri.Scheme is ("https" or "http") ? uri : null;
    }

    private static MultipartFormDataContent Form(string path, string name, FileType type)
    {
        StreamContent file = new(OpenRead(path));
        file.Headers.ContentType = new MediaTypeHeaderValue(type.ContentType);
        return new MultipartFormDataContent { { file, "file", name } };
    }

    private static FileStream OpenRead(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 128 * 1024, FileOptions.Asynchronous | FileOptions.SequentialScan);

    private static async Task<(string Digest, long Length)> DigestAsync(string path, CancellationToken cancellationToken)
    {
        FileStream file = OpenRead(path);
        await using (file.ConfigureAwait(false))
        {
            byte[] digest = await SHA256.HashDataAsync(file, cancellationToken).ConfigureAwait(false);
            return (Convert.ToHexString(digest).ToLowerInvariant(), file.Length);
        }
    }

    private static async Task<FileType> TypeOfAsync(string path, CancellationToken cancellationToken)
    {
        byte[] head = new byte[FileSignature.Length];
        FileStream file = OpenRead(path);
        await using (file.ConfigureAwait(false))
        {
            int count = await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            return FileSignature.Find(head.AsSpan(0, count)) ?? FileType.FromExtension(path) ?? FileType.Binary;
        }
    }
}
