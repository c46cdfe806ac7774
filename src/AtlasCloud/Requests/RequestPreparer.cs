using System.Text.Json.Nodes;
using AtlasCloud.Http;
using AtlasCloud.Logging;
using AtlasCloud.Models;

namespace AtlasCloud.Requests;

/// <summary>Makes what a user asked for ready to be sent: finds the model, checks everything, uploads the files, writes the body.</summary>
internal sealed class RequestPreparer(AtlasCloudOptions options, ModelCatalog models, MediaResource media)
{
    /// <summary>The body to send, with its model where the catalog knows that.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="kind">The endpoint; null for whatever the model is made for.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="isPreview">Nothing leaves the machine: local files are named by stand-ins.</param>
    /// <exception cref="AtlasCloudException">The request does not fit its model, or a file cannot be uploaded.</exception>
    internal async Task<(Model? Model, JsonObject Body)> PrepareAsync(
        GenerationRequest request, GenerationKind? kind, CancellationToken cancellationToken, bool isPreview = false)
    {
        RequestRules.Check(request, isLocal: Origin.IsLoopback(options.BaseUri));
        ModelMatch? match = await FindModelAsync(request.Model, kind, cancellationToken).ConfigureAwait(false);
        Model? model = match?.Model;
        request = match?.Complete(request) ?? request;
        ModelSchema? schema = model is null ? null : await models.FindSchemaAsync(model, cancellationToken).ConfigureAwait(false);

        // Everything that can be wrong is found before the first byte is uploaded.
        RequestComposer.Compose(request, model, schema);
        Dictionary<string, Media> uploaded = new(StringComparer.Ordinal);
        foreach (string path in request.AllMedia.Select(m => m.Path).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            uploaded[path] = isPreview ? Media.StandIn(path, uploaded.Count + 1) : await media.UploadAsync(path, cancellationToken).ConfigureAwait(false);
        }

        return (model, RequestComposer.Compose(request, model, schema, uploaded));
    }

    private async Task<ModelMatch?> FindModelAsync(string name, GenerationKind? kind, CancellationToken cancellationToken)
    {
        ModelMatch match;
        try
        {
            match = await models.MatchAsync(name, kind?.ToString(), cancellationToken).ConfigureAwait(false);
        }
        catch (AtlasCloudException exception) when (exception.Kind is not (AtlasCloudErrorKind.ModelNotFound or AtlasCloudErrorKind.ModelAmbiguous))
        {
            AtlasCloudLog.Verbose($"The catalog cannot be had ({exception.Message}); '{name}' is sent as it is, unchecked.");
            return null;
        }

        Model model = match.Model;
        if (kind is null && model.Kind == ModelKind.Chat)
        {
            throw new AtlasCloudException(
                AtlasCloudErrorKind.InvalidParameter,
                $"{model.Id} is a language model: what it costs follows from the tokens of an answer, so there is no price for a request. Nothing was submitted.")
            {
                RecommendedAction = $"Get-AtlasModel {model.Id} shows its prices per million tokens, and the reply of Invoke-AtlasChat an EstimatedCost.",
                Target = model.Id,
            };
        }

        return kind is null || model.Type.Equals(kind.ToString(), StringComparison.OrdinalIgnoreCase)
            ? match
            : throw new AtlasCloudException(
                AtlasCloudErrorKind.InvalidParameter,
                $"{model.Id} is a model of type {model.Type}, not {kind}. Nothing was submitted.")
            {
                RecommendedAction = model.Type == "Text" ? "Use Invoke-AtlasChat for it." : $"Use New-Atlas{model.Type} for it.",
                Target = model.Id,
            };
    }
}
