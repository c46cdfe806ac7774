using System.Text.Json.Nodes;
using AtlasCloud.Http;
using AtlasCloud.Json;
using AtlasCloud.Models;

namespace AtlasCloud.Requests;

/// <summary>Prepares a request: resolves the model, checks everything, uploads local files, completes the body.</summary>
internal sealed class RequestPreparer(AtlasCloudOptions options, ModelCatalog models, MediaResource media)
{
    private readonly ModelMediaLimits _limits = new();

    /// <summary>Prepares a request. Nothing is uploaded unless every check has passed.</summary>
    /// <param name="request">The request.</param>
    /// <param name="kind">The endpoint; null for the one that the catalog names for the model.</param>
    /// <param name="purpose">What the request is prepared for.</param>
    /// <param name="cancellationToken">Cancels the preparation.</param>
    /// <exception cref="AtlasCloudException">The request does not fit its model, or a file cannot be uploaded.</exception>
    internal async Task<PreparedRequest> PrepareAsync(
        GenerationRequest request, GenerationKind? kind, RequestPurpose purpose, CancellationToken cancellationToken) =>
        await CompleteAsync(await CheckAsync(request, kind, purpose, cancellationToken).ConfigureAwait(false), purpose, cancellationToken).ConfigureAwait(false);

    /// <summary>Checks a request without uploading anything.</summary>
    /// <exception cref="AtlasCloudException">The request does not fit its model.</exception>
    internal async Task<CheckedRequest> CheckAsync(GenerationRequest request, GenerationKind? kind, RequestPurpose purpose, CancellationToken cancellationToken)
    {
        RequestRules.Check(request, isLocal: Origin.IsLoopback(options.BaseUri));
        (ModelMatch? match, AtlasCloudException? failure) = await FindModelAsync(request.Model, kind, purpose, cancellationToken).ConfigureAwait(false);
        Model? model = match?.Model;
        request = WithImpliedInput(request, match?.ImpliedInput);
        ModelSchema? schema = null;
        if (model is not null)
        {
            (schema, failure) = await models.FindSchemaAsync(model, cancellationToken).ConfigureAwait(false);
        }

        // The service may ignore inputs that it does not know, and charge for a result without them.
        if (schema is null && !request.SkipValidation && purpose != RequestPurpose.Quote)
        {
            throw RequestErrors.NotValidated(model?.Id ?? request.Model, failure);
        }

        ComposedRequest composed = RequestComposer.Compose(request, model, schema);
        AssetOnlyModels.Warn(model?.Id ?? request.Model, composed.Body);
        _limits.Warn(model, request);
        return new CheckedRequest(request, kind, model, schema, composed);
    }

    /// <summary>Uploads the local files of a request and completes its body. Called once for each request.</summary>
    /// <exception cref="AtlasCloudException">A file cannot be uploaded.</exception>
    internal async Task<PreparedRequest> CompleteAsync(CheckedRequest unfinished, RequestPurpose purpose, CancellationToken cancellationToken)
    {
        (GenerationRequest request, GenerationKind? kind, Model? model, ModelSchema? schema, ComposedRequest composed) = unfinished;
        IReadOnlyList<Media> uploads = await UploadFilesAsync(request, purpose, cancellationToken).ConfigureAwait(false);
        composed.SetAddresses(uploads.ToDictionary(u => u.Path, u => u.ToString(), StringComparer.Ordinal));
        return new PreparedRequest(request, kind ?? KindOf(model), model, composed.Body)
        {
            CompleteBody = schema is null ? null : AddDefaults(composed.Body, schema),
            Uploads = [.. uploads.Concat(request.AllMedia.Select(m => m.Upload).OfType<Media>()).Select(RequestUpload.Create).DistinctBy(u => u.Address)],
            ReuseDigest = ReuseDigest.Compute(unfinished, uploads, media),
        };
    }

    /// <summary>Computes the digest that identifies the request in later runs. Nothing is uploaded.</summary>
    /// <exception cref="AtlasCloudException">InvalidParameter: a file cannot be read.</exception>
    internal Task<string> ComputeReuseDigestAsync(CheckedRequest request, CancellationToken cancellationToken) => ReuseDigest.ComputeAsync(request, media, cancellationToken);

    // One upload for each path.
    private async Task<IReadOnlyList<Media>> UploadFilesAsync(GenerationRequest request, RequestPurpose purpose, CancellationToken cancellationToken)
    {
        List<Media> uploads = [];
        foreach (IGrouping<string, MediaSource> file in request.AllMedia.Where(m => m.Path is not null).GroupBy(m => m.Path!, StringComparer.Ordinal))
        {
            if (purpose == RequestPurpose.Preview)
            {
                uploads.Add(Media.CreatePlaceholder(file.Key, uploads.Count + 1));
                continue;
            }

            Media uploaded = await media.UploadAsync(file.Key, cancellationToken: cancellationToken).ConfigureAwait(false);
            if (file.Any(m => m.ExpectedSha256 is string expected && expected != uploaded.Sha256))
            {
                throw RequestErrors.FileChanged(file.Key);
            }

            uploads.Add(uploaded);
        }

        return uploads;
    }

    /// <summary>Returns the model of a name for an endpoint; null if the catalog is unavailable.</summary>
    /// <exception cref="AtlasCloudException">The model does not exist or belongs to another endpoint.</exception>
    internal async Task<Model?> CheckModelAsync(string name, GenerationKind? kind, CancellationToken cancellationToken) =>
        (await FindModelAsync(name, kind, kind is null ? RequestPurpose.Quote : RequestPurpose.Submit, cancellationToken).ConfigureAwait(false)).Match?.Model;

    private static JsonObject? AddDefaults(JsonObject body, ModelSchema schema)
    {
        ModelParameter[] omitted = [.. schema.Parameters.Where(p => p is { Default: not (null or "" or Array { Length: 0 }), MediaKind: null } && !body.ContainsKey(p.Name))];
        if (omitted.Length == 0)
        {
            return null;
        }

        JsonObject complete = (JsonObject)body.DeepClone();
        foreach (ModelParameter parameter in omitted)
        {
            complete[parameter.Name] = JsonValues.ToJson(parameter.Default);
        }

        return complete;
    }

    // An old model name can imply a size or resolution. What the request says itself wins.
    private static GenerationRequest WithImpliedInput(GenerationRequest request, (string Input, string Value)? implied)
    {
        bool isOpen = request is { Size: null or "", Resolution: null or "", AspectRatio: null or "" }
            && request.Parameters?.Keys.Cast<object>().Any(k => string.Equals(k.ToString(), implied?.Input, StringComparison.OrdinalIgnoreCase)) != true;
        return (isOpen ? implied?.Input : null) switch
        {
            "size" => request with { Size = implied!.Value.Value },
            "resolution" => request with { Resolution = implied!.Value.Value },
            _ => request,
        };
    }

    // Without a match: why the catalog is unavailable.
    private async Task<(ModelMatch? Match, AtlasCloudException? Failure)> FindModelAsync(string name, GenerationKind? kind, RequestPurpose purpose, CancellationToken cancellationToken)
    {
        ModelMatch match;
        try
        {
            match = await models.MatchAsync(name, kind?.ToString(), cancellationToken).ConfigureAwait(false);
        }
        catch (AtlasCloudException exception) when (
            purpose == RequestPurpose.Submit && exception.Kind is AtlasCloudErrorKind.ModelNotFound or AtlasCloudErrorKind.ModelAmbiguous)
        {
            throw exception.With(message: $"{exception.Message} Nothing was submitted.");
        }
        catch (AtlasCloudException exception) when (
            exception.Kind is not (AtlasCloudErrorKind.ModelNotFound or AtlasCloudErrorKind.ModelAmbiguous)
            && (kind is not null || purpose != RequestPurpose.Submit))
        {
            AtlasCloudLog.Verbose($"The catalog is unavailable, so the inputs of '{name}' are unknown: {exception.Message}");
            return (null, exception);
        }

        Model model = match.Model;
        return model.Kind == ModelKind.Chat && kind is null ? throw RequestErrors.NoPricePerRequest(model)
            : kind is null || model.Type.Equals(kind.ToString(), StringComparison.OrdinalIgnoreCase) ? (match, null)
            : throw RequestErrors.WrongModelType(model, kind.Value);
    }

    private static GenerationKind KindOf(Model? model) =>
        Enum.TryParse(model?.Type, ignoreCase: true, out GenerationKind kind) ? kind : GenerationKind.Image;
}
