using System.Net;
using System.Text.Json;
using AtlasCloud.Assets;
using AtlasCloud.Http;
using AtlasCloud.Text;

namespace AtlasCloud;

/// <summary>The library of reference assets for Seedance (API reference, section 8.3). All of its requests are free.</summary>
public sealed class AssetResource
{
    private readonly AtlasCloudOptions _options;
    private readonly HttpPipeline _http;
    private readonly MediaResource _media;
    private readonly TimeProvider _clock;
    private readonly KnownAssets _known = new();

    internal AssetResource(AtlasCloudOptions options, HttpPipeline http, MediaResource media, TimeProvider clock) =>
        (_options, _http, _media, _clock) = (options, http, media, clock);

    /// <summary>The assets that this client has registered or read, the most recent first. Sends no request.</summary>
    public IReadOnlyList<Asset> Known => _known.All;

    /// <summary>Checks whether the library would accept a source. Sends no request.</summary>
    /// <param name="source">A local file or a public https address.</param>
    /// <param name="kind">Image, Video or Audio. Default: Unknown, detected from the source.</param>
    /// <returns>The kind of the asset.</returns>
    /// <exception cref="AtlasCloudException">InvalidParameter: the library would not accept the source.</exception>
    public MediaKind Check(MediaSource source, MediaKind kind = MediaKind.Unknown)
    {
        ArgumentNullException.ThrowIfNull(source);
        return AssetRules.Check(source, kind, Origin.IsLoopback(_options.BaseUri));
    }

    /// <summary>Registers an asset. A local file is uploaded first. Not retried once it was sent, since that could register the asset twice.</summary>
    /// <param name="source">A local file or a public https address.</param>
    /// <param name="kind">Image, Video or Audio. Default: Unknown, detected from the source.</param>
    /// <param name="progress">Receives the bytes uploaded and the total, if known; null for none.</param>
    /// <param name="cancellationToken">Cancels the upload and the request.</param>
    /// <returns>The asset, usually still <see cref="AssetState.Processing"/>.</returns>
    /// <exception cref="AtlasCloudException">
    /// InvalidParameter: the library would not accept the source; nothing was sent. ConnectionFailed, RequestTimedOut: with the reason AssetOutcomeUnknown the
    /// asset may exist. UploadFailed and others: the service rejected the upload or the registration.
    /// </exception>
    public async Task<Asset> RegisterAsync(
        MediaSource source, MediaKind kind = MediaKind.Unknown, Action<long, long?>? progress = null, CancellationToken cancellationToken = default)
    {
        kind = Check(source, kind);
        Uri address = source.Path is string path
            ? (await _media.UploadAsync(path, progress, cancellationToken).ConfigureAwait(false)).Uri
            : new Uri(source.Value);
        ApiCall call = Post(AssetFormat.ListPath, "the registration of an asset") with { Content = Json(AssetFormat.RegisterBody(kind, address)) };
        ApiResponse response;
        try
        {
            response = await _http.SendAsync(call, cancellationToken).ConfigureAwait(false);
        }
        catch (AtlasCloudException exception) when (!exception.IsNotSent && exception.Kind is AtlasCloudErrorKind.ConnectionFailed or AtlasCloudErrorKind.RequestTimedOut)
        {
            throw AssetErrors.OutcomeUnknown(exception, address);
        }

        Asset asset = AssetReader.Read(ResponseErrors.JsonOf(response, call.Description, _http.Key)) ?? throw AssetErrors.Unreadable(call.Description, response);
        return _known.Add(asset.MergeWith(new Asset { Id = asset.Id, Kind = kind, Source = address, Path = source.Path }));
    }

    /// <summary>Waits until the service has checked an asset.</summary>
    /// <param name="asset">The asset. One that is not processing is returned at once.</param>
    /// <param name="timeout">How long to wait. Default: null, 5 minutes.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The active asset.</returns>
    /// <exception cref="AtlasCloudException">
    /// UploadFailed, ContentBlocked: the service rejected the media. RequestTimedOut: it is still processing (AssetStillProcessing). The target is the asset.
    /// </exception>
    public async Task<Asset> WaitAsync(Asset asset, TimeSpan? timeout = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(asset);
        TimeSpan limit = timeout ?? AssetFormat.DefaultTimeout;
        long start = _clock.GetTimestamp();
        while (asset.State == AssetState.Processing)
        {
            if (_clock.GetElapsedTime(start) >= limit)
            {
                throw AssetErrors.TimedOut(asset, limit);
            }

            await Task.Delay(AssetFormat.PollInterval, _clock, cancellationToken).ConfigureAwait(false);
            try
            {
                asset = await GetAsync(asset.Id, cancellationToken).ConfigureAwait(false);
            }
            catch (AtlasCloudException exception) when (exception.Kind == AtlasCloudErrorKind.AssetNotFound && _clock.GetElapsedTime(start) < AssetFormat.UnknownGrace)
            {
                AtlasCloudLog.Verbose($"The library does not know {asset.Id} yet.");
            }
        }

        return asset.State == AssetState.Failed ? throw AssetErrors.Failed(asset) : asset;
    }

    /// <summary>Returns an asset.</summary>
    /// <param name="id">Its ID, or its reference (asset://…).</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="AtlasCloudException">AssetNotFound: the library has no such asset. InvalidParameter: the ID is malformed; nothing was sent.</exception>
    public async Task<Asset> GetAsync(string id, CancellationToken cancellationToken = default)
    {
        string found = await FindIdAsync(id, cancellationToken).ConfigureAwait(false);
        ApiCall call = new(HttpMethod.Get, _http.Assets(AssetFormat.PathOf(found)), $"asset {found}");
        ApiResponse response = await SendAsync(call, found, cancellationToken).ConfigureAwait(false);
        return _known.Add(AssetReader.Read(ResponseErrors.JsonOf(response, call.Description, _http.Key)) ?? throw AssetErrors.Unreadable(call.Description, response));
    }

    /// <summary>Returns all assets of the account, as the service lists them.</summary>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="AtlasCloudException">UnexpectedReply: the response contains no list.</exception>
    public async Task<IReadOnlyList<Asset>> ListAsync(CancellationToken cancellationToken = default)
    {
        ApiCall call = new(HttpMethod.Get, _http.Assets(AssetFormat.ListPath), "the list of assets");
        ApiResponse response = await _http.SendAsync(call, cancellationToken).ConfigureAwait(false);
        (IReadOnlyList<Asset> assets, long? total) =
            AssetReader.ReadList(ResponseErrors.JsonOf(response, call.Description, _http.Key)) ?? throw AssetErrors.Unreadable(call.Description, response);
        if (total > assets.Count)
        {
            AtlasCloudLog.Warning($"The service lists {assets.Count} of {total} assets, and it is not known how to request the others.");
        }

        // From the last to the first, so that the first one is the most recent of the known ones.
        return [.. assets.Reverse().Select(_known.Add).Reverse()];
    }

    /// <summary>Renames an asset.</summary>
    /// <param name="id">Its ID, or its reference (asset://…).</param>
    /// <param name="name">The new name.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>The asset, with its new name.</returns>
    /// <exception cref="AtlasCloudException">AssetNotFound: the library has no such asset. InvalidParameter: the name is empty; nothing was sent.</exception>
    public async Task<Asset> RenameAsync(string id, string name, CancellationToken cancellationToken = default)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            throw AssetErrors.NameEmpty();
        }

        string found = await FindIdAsync(id, cancellationToken).ConfigureAwait(false);
        ApiCall call = new(HttpMethod.Put, _http.Assets(AssetFormat.PathOf(found)), $"the new name of asset {found}") { Content = Json(AssetFormat.RenameBody(name.Trim())) };
        ApiResponse response = await SendAsync(call, found, cancellationToken).ConfigureAwait(false);
        return await ReadOrGetAsync(response, call, found, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Moves an asset to the trash. An asset that is missing after a lost response counts as moved.</summary>
    /// <param name="id">Its ID, or its reference (asset://…).</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="AtlasCloudException">AssetNotFound: the library has no such asset.</exception>
    public async Task DeleteAsync(string id, CancellationToken cancellationToken = default)
    {
        string found = await FindIdAsync(id, cancellationToken).ConfigureAwait(false);
        bool wasLost = false;
        ApiCall call = new(HttpMethod.Delete, _http.Assets(AssetFormat.PathOf(found)), $"the deletion of asset {found}")
        {
            AttemptEnded = (reply, exception) => wasLost |= exception is AtlasCloudException { IsNotSent: false } || (int?)reply?.Status >= 500,
        };
        try
        {
            ApiResponse response = await SendAsync(call, found, cancellationToken).ConfigureAwait(false);
            ResponseErrors.ThrowIfFailed(response, call.Description, _http.Key);
        }
        catch (AtlasCloudException exception) when (exception.Kind == AtlasCloudErrorKind.AssetNotFound && wasLost)
        {
            AtlasCloudLog.Verbose($"Asset {found} was deleted by an attempt whose response was lost.");
        }

        _known.Remove(found);
    }

    /// <summary>Takes an asset out of the trash.</summary>
    /// <param name="id">Its ID. The list may not contain assets in the trash, so a reference is found only if this client knows it.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>The asset.</returns>
    /// <exception cref="AtlasCloudException">AssetNotFound: the trash has no such asset.</exception>
    public async Task<Asset> RestoreAsync(string id, CancellationToken cancellationToken = default)
    {
        string found = await FindIdAsync(id, cancellationToken).ConfigureAwait(false);
        ApiCall call = Post(AssetFormat.RestorePathOf(found), $"the restoration of asset {found}");
        ApiResponse response = await SendAsync(call, found, cancellationToken).ConfigureAwait(false);
        return await ReadOrGetAsync(response, call, found, cancellationToken).ConfigureAwait(false);
    }

    private ApiCall Post(string path, string description) => new(HttpMethod.Post, _http.Assets(path), description) { RetryPolicy = RetryPolicy.OnlyIfNotAccepted };

    private static Func<HttpContent> Json(System.Text.Json.Nodes.JsonObject body)
    {
        byte[] bytes = JsonBody.Serialize(body);
        return () => JsonBody.Create(bytes);
    }

    private async Task<ApiResponse> SendAsync(ApiCall call, string id, CancellationToken cancellationToken)
    {
        ApiResponse response = await _http.SendAsync(call, cancellationToken).ConfigureAwait(false);
        return ResponseErrors.Find(response, call.Description, _http.Key) is not AtlasCloudException failure ? response
            : failure.Status == HttpStatusCode.NotFound ? throw AssetErrors.NotFound(id, failure)
            : throw failure;
    }

    // The shape of these responses is not published, so a response without the asset is followed by a request for it.
    private async Task<Asset> ReadOrGetAsync(ApiResponse response, ApiCall call, string id, CancellationToken cancellationToken) =>
        response.Json is JsonElement json && AssetReader.Read(json) is Asset asset && asset.Id == id
            ? _known.Add(asset)
            : await GetAsync(id, cancellationToken).ConfigureAwait(false);

    private async Task<string> FindIdAsync(string id, CancellationToken cancellationToken)
    {
        string text = id?.Trim() ?? "";
        if (!text.StartsWith(AssetFormat.ReferencePrefix, StringComparison.OrdinalIgnoreCase))
        {
            return PredictionId.IsValid(text) ? text : throw AssetErrors.IdInvalid(id);
        }

        if (_known.FindReference(text) is null)
        {
            await ListAsync(cancellationToken).ConfigureAwait(false);
        }

        return _known.FindReference(text)?.Id ?? throw AssetErrors.NotFound(text);
    }
}
