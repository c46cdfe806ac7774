using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using AtlasCloud.FileTypes;
using AtlasCloud.Http;
using AtlasCloud.Json;
using AtlasCloud.Storage;

namespace AtlasCloud;

/// <summary>Uploads local files to use them as inputs (API reference, section 8). One client uploads the same bytes once.</summary>
public sealed class MediaResource
{
    // The limits of the service by kind (API reference, section 8.1). Larger files are still tried, since its sources disagree.
    private const int MaxMegabytes = 50;
    private const int MaxAudioMegabytes = 512;
    private const int ChunkBytes = 128 * 1024;

    // The service answers a large upload only when it has stored it. A timeout that the user has shortened stays as it is.
    private static readonly TimeSpan s_uploadTimeout = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_normalTimeout = TimeSpan.FromSeconds(60);

    private readonly HttpPipeline _http;
    private readonly TimeProvider _clock;
    private readonly UploadedFiles _files;
    private readonly ConcurrentDictionary<string, Lazy<Task<Media>>> _uploads = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _digests = new(StringComparer.Ordinal);

    internal MediaResource(HttpPipeline http, TimeProvider clock) => (_http, _clock, _files) = (http, clock, new UploadedFiles(clock));

    /// <summary>Uploads a file, or returns the earlier upload of the same bytes by this client. Free; retried on connection failures and server errors.</summary>
    /// <param name="path">The path of the file. The type is detected from its content, else from its extension.</param>
    /// <param name="progress">Receives the bytes sent and the total, if known, on the thread that sends them; null for none.</param>
    /// <param name="cancellationToken">Cancels the upload.</param>
    /// <returns>The upload, with its address. The service deletes uploads after a while, so use it soon.</returns>
    /// <exception cref="AtlasCloudException">
    /// InvalidParameter: the file is missing, a folder, empty or unreadable; nothing was sent. UploadFailed: the connection failed.
    /// PayloadTooLarge, UnexpectedReply and others: the service rejected the upload or returned no address.
    /// </exception>
    public async Task<Media> UploadAsync(string path, Action<long, long?>? progress = null, CancellationToken cancellationToken = default)
    {
        LocalFile.EnsureReadable(path);
        UploadedFiles.FileState file = UploadedFiles.FileState.Of(path);
        string? digest = _files.FindDigest(file);
        if (digest is null && file.Length >= UploadedFiles.MinLargeBytes
            && await TryPostFirstAsync(file, path, progress, cancellationToken).ConfigureAwait(false) is Media first)
        {
            return first;
        }

        // Another upload of the same file may have ended meanwhile.
        digest ??= _files.FindDigest(file);
        if (digest is null)
        {
            (digest, _) = await ComputeDigestAsync(path, cancellationToken).ConfigureAwait(false);
            _files.Add(file, digest);
        }

        return await PostOnceAsync(path, digest, file.Length, progress, cancellationToken).ConfigureAwait(false);
    }

    // Sends a file whose length no other file had, so that nothing can have the same bytes. Null if there is or was one, whose upload has ended by then.
    private async Task<Media?> TryPostFirstAsync(UploadedFiles.FileState file, string path, Action<long, long?>? progress, CancellationToken cancellationToken)
    {
        TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        while (_files.Reserve(file.Length, ended.Task) is Task first)
        {
            await first.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
            if (first.IsCompletedSuccessfully)
            {
                return null;
            }
        }

        try
        {
            Media media = await PostAsync(path, null, file.Length, progress, cancellationToken).ConfigureAwait(false);
            _uploads[media.Sha256] = new Lazy<Task<Media>>(Task.FromResult(media));
            _files.Add(file, media.Sha256);
            ended.SetResult();
            return media;
        }
        catch
        {
            _files.Release(file.Length, ended.Task);
            ended.SetCanceled(CancellationToken.None);
            throw;
        }
    }

    private async Task<Media> PostOnceAsync(string path, string digest, long length, Action<long, long?>? progress, CancellationToken cancellationToken)
    {
        while (true)
        {
            bool isOwn = false;
            Lazy<Task<Media>> sending = _uploads.GetOrAdd(digest, _ => new Lazy<Task<Media>>(() =>
            {
                isOwn = true;
                return PostAsync(path, digest, length, progress, cancellationToken);
            }));
            try
            {
                // An own upload is cancelled by the same token: waiting for it to end leaves no file open behind the caller.
                Task<Media> upload = sending.Value;
                Media media = await (isOwn ? upload : upload.WaitAsync(cancellationToken)).ConfigureAwait(false);
                if (!isOwn)
                {
                    AtlasCloudLog.Verbose($"{path} was uploaded before, so its bytes are not sent again.");
                }

                // Names can differ where the bytes do not.
                return media with { Path = path, Name = System.IO.Path.GetFileName(path) };
            }
            catch (Exception exception)
            {
                _uploads.TryRemove(new KeyValuePair<string, Lazy<Task<Media>>>(digest, sending));

                // If another caller started this upload and cancelled it, start it again.
                if (exception is not OperationCanceledException || cancellationToken.IsCancellationRequested)
                {
                    throw;
                }
            }
        }
    }

    /// <summary>Returns an upload of this client by the digest of its content; null if there is none. Makes no request.</summary>
    /// <param name="sha256">The SHA-256 in lower-case hexadecimal digits.</param>
    public Media? FindUpload(string sha256) =>
        _uploads.TryGetValue(sha256, out Lazy<Task<Media>>? upload) && upload is { IsValueCreated: true, Value.IsCompletedSuccessfully: true } ? upload.Value.Result : null;

    // Without a digest, it is computed while the file is sent.
    private async Task<Media> PostAsync(string path, string? digest, long length, Action<long, long?>? progress, CancellationToken cancellationToken)
    {
        string name = System.IO.Path.GetFileName(path);
        UploadType upload = await DetectTypeAsync(path, name, cancellationToken).ConfigureAwait(false);
        FileType type = upload.Type;
        if (upload.IsRenamed)
        {
            AtlasCloudLog.Warning($"{name} contains {type.Extension.TrimStart('.')} data. It is uploaded as {upload.Name}, because models go by the extension and would reject it after the submit.");
        }

        int limit = type.Kind == MediaKind.Audio ? MaxAudioMegabytes : MaxMegabytes;
        if (length > limit * 1024L * 1024)
        {
            AtlasCloudLog.Warning($"{name} is {length / 1e6:0} MB, more than the documented limit of {limit} MB for {Describe(type.Kind)}. The service may reject the upload.");
        }

        HttpContent? sent = null;
        ApiCall call = new(HttpMethod.Post, _http.Media("model/uploadMedia"), $"the upload of {name}")
        {
            Content = () => CreateForm(upload.Name, type, sent = CreateContent(path, hasDigest: digest is not null)),
            Sending = new TransferProgress(progress),
            Timeout = _http.RequestTimeout >= s_normalTimeout && _http.RequestTimeout < s_uploadTimeout ? s_uploadTimeout : null,
        };
        ApiResponse response = await PostAsync(call, path, cancellationToken).ConfigureAwait(false);
        JsonElement root = ResponseErrors.JsonOf(response, call.Description, _http.Key);
        if (FindUploadUri(root) is not Uri uri)
        {
            throw MediaErrors.NoUploadAddress(path, name, response.RequestId);
        }

        digest ??= (sent as DigestingFileContent)?.Sha256 ?? (await ComputeDigestAsync(path, cancellationToken).ConfigureAwait(false)).Digest;
        _digests[uri.AbsoluteUri] = digest;
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

    private async Task<ApiResponse> PostAsync(ApiCall call, string path, CancellationToken cancellationToken)
    {
        try
        {
            return await _http.SendAsync(call, cancellationToken).ConfigureAwait(false);
        }
        catch (AtlasCloudException exception) when (exception.Kind is AtlasCloudErrorKind.ConnectionFailed or AtlasCloudErrorKind.RequestTimedOut)
        {
            throw MediaErrors.UploadFailed(path, exception);
        }
    }

    /// <summary>The digest of the bytes that this client uploaded to an address; null if it uploaded nothing to it.</summary>
    internal string? FindDigest(string address) => _digests.GetValueOrDefault(address);

    /// <summary>Returns the address of the upload from any of the known response shapes; null if there is none.</summary>
    internal static Uri? FindUploadUri(JsonElement root)
    {
        JsonElement? data = root.Member("data");
        string? text = data?.Text("download_url", "url", "file_url") ?? data?.AsText() ?? root.Text("download_url", "url", "file_url");
        return Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && uri.Scheme is ("https" or "http") ? uri : null;
    }

    private static HttpContent CreateContent(string path, bool hasDigest) =>
        hasDigest ? new StreamContent(OpenRead(path), ChunkBytes) : new DigestingFileContent(OpenRead(path));

    private static MultipartFormDataContent CreateForm(string name, FileType type, HttpContent file)
    {
        file.Headers.ContentType = new MediaTypeHeaderValue(type.ContentType);
        return new MultipartFormDataContent { { file, "file", name } };
    }

    // Without a buffer of its own: all readers read whole chunks.
    private static FileStream OpenRead(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 0, FileOptions.Asynchronous | FileOptions.SequentialScan);

    /// <summary>The SHA-256 of a file, in lower-case hexadecimal digits, and its length.</summary>
    internal static async Task<(string Digest, long Length)> ComputeDigestAsync(string path, CancellationToken cancellationToken)
    {
        FileStream file = OpenRead(path);
        await using (file.ConfigureAwait(false))
        {
            byte[] digest = await SHA256.HashDataAsync(file, cancellationToken).ConfigureAwait(false);
            return (Convert.ToHexString(digest).ToLowerInvariant(), file.Length);
        }
    }

    private static string Describe(MediaKind kind) => kind switch
    {
        MediaKind.Image => "images",
        MediaKind.Video => "videos",
        MediaKind.Audio => "audio",
        MediaKind.Document => "documents",
        _ => "files",
    };

    private static async Task<UploadType> DetectTypeAsync(string path, string name, CancellationToken cancellationToken)
    {
        byte[] head = new byte[FileSignature.HeaderLength];
        FileStream file = OpenRead(path);
        await using (file.ConfigureAwait(false))
        {
            int count = await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            return UploadType.Of(name, head.AsSpan(0, count));
        }
    }
}
