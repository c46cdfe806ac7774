using AtlasCloud.Text;

namespace AtlasCloud.Models;

/// <summary>Creates the errors about models and their inputs. Whoever looks for a model in order to send a request adds that nothing was submitted.</summary>
internal static class ModelErrors
{
    private const int MaxNameLength = 200;

    /// <summary>No model has the name.</summary>
    internal static AtlasCloudException NotFound(string name, IReadOnlyList<string> similar)
    {
        string hint = similar.Count > 0 ? $" Similar names: {Quote(similar)}." : "";
        return new AtlasCloudException(AtlasCloudErrorKind.ModelNotFound, $"The catalog does not contain model '{SafeText.Sanitize(name, length: MaxNameLength)}'.{hint}")
        {
            Reason = AtlasCloudErrorReason.ModelUnknown,
            Value = SafeText.Sanitize(name, length: MaxNameLength),
            Allowed = similar,
            Target = name,
        };
    }

    /// <summary>Several models match the name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="matches">The IDs of the models.</param>
    /// <param name="explanation">How the models differ; null if that is unknown.</param>
    internal static AtlasCloudException Ambiguous(string name, IReadOnlyList<string> matches, string? explanation)
    {
        string difference = explanation is null ? "" : $" {explanation}";
        return new AtlasCloudException(
            AtlasCloudErrorKind.ModelAmbiguous,
            $"The name '{SafeText.Sanitize(name, length: MaxNameLength)}' matches several models: {Quote(matches)}.{difference}")
        {
            Reason = AtlasCloudErrorReason.ModelNameAmbiguous,
            Value = SafeText.Sanitize(name, length: MaxNameLength),
            Allowed = matches,
            Target = name,
        };
    }

    /// <summary>The model has no input of the name.</summary>
    internal static AtlasCloudException InputNotFound(string? model, string name, IReadOnlyList<string> inputs) =>
        new(
            AtlasCloudErrorKind.InvalidParameter,
            $"{model ?? "The model"} has no input '{SafeText.Sanitize(name, length: MaxNameLength)}'. Its inputs are {string.Join(", ", inputs)}.")
        {
            Reason = AtlasCloudErrorReason.InputNotFound,
            Model = model,
            Value = SafeText.Sanitize(name, length: MaxNameLength),
            Allowed = inputs,
            Target = name,
        };

    /// <summary>The response to the catalog request contains no model.</summary>
    internal static AtlasCloudException EmptyCatalog(string? requestId) =>
        new(AtlasCloudErrorKind.UnexpectedReply, "The response to the request for the model catalog contains no models.") { RequestId = requestId };

    private static string Quote(IEnumerable<string> names) => string.Join(", ", names.Select(n => $"'{n}'"));
}
