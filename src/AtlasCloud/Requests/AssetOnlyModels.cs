using System.Text.Json;
using System.Text.Json.Nodes;

namespace AtlasCloud.Requests;

/// <summary>
/// Models that take video and audio from the asset library only, according to the service's guide. Their schemas and other sources accept addresses too
/// (API reference, conflict C36), so such a request is sent, with a warning.
/// </summary>
internal static class AssetOnlyModels
{
    private static readonly string[] s_families = ["seedance-2.0", "seedance-2.0-fast"];

    /// <summary>Whether a model is one of them.</summary>
    internal static bool Contains(string? modelId) => modelId?.Split('/').Any(s => s_families.Contains(s, StringComparer.OrdinalIgnoreCase)) == true;

    /// <summary>Returns the inputs of a request that contain video or audio outside of the library; none for other models.</summary>
    internal static IReadOnlyList<string> FindUnregistered(string? modelId, IEnumerable<KeyValuePair<string, JsonNode?>> body) => !Contains(modelId) ? [] :
    [
        .. from member in body
           where CommonInputs.FromName(member.Key) is CommonInput.Video or CommonInput.Audio
           where HasOtherAddress(member.Value)
           select member.Key,
    ];

    /// <summary>Logs a warning if a request contains video or audio outside of the library.</summary>
    internal static void Warn(string? modelId, JsonObject body)
    {
        IReadOnlyList<string> inputs = FindUnregistered(modelId, body);
        if (inputs.Count > 0)
        {
            AtlasCloudLog.Warning(
                $"{modelId} takes video and audio from the asset library only, according to the guide of the service, and {string.Join(" and ", inputs.Select(i => $"'{i}'"))} "
                + "contains media that are not registered. The service may reject the request. Register the media as assets, and use their asset:// addresses.");
        }
    }

    /// <summary>Returns the refusal of a request, with the reason if media outside of the library may have caused it.</summary>
    internal static AtlasCloudException Explain(AtlasCloudException refusal, JsonObject body)
    {
        string? model = body["model"] is JsonValue name && name.GetValueKind() == JsonValueKind.String ? name.GetValue<string>() : null;
        IReadOnlyList<string> inputs = FindUnregistered(model, body);
        return inputs.Count > 0 && refusal is { Kind: AtlasCloudErrorKind.InvalidParameter or AtlasCloudErrorKind.ContentBlocked, Reason: AtlasCloudErrorReason.None }
            ? refusal.With(reason: AtlasCloudErrorReason.MediaNotRegistered, input: string.Join(", ", inputs), model: model)
            : refusal;
    }

    private static bool HasOtherAddress(JsonNode? value) => value switch
    {
        JsonArray items => items.Any(HasOtherAddress),
        JsonObject members => members.Any(m => HasOtherAddress(m.Value)),
        JsonValue text when text.GetValueKind() == JsonValueKind.String =>
            text.GetValue<string>() is { Length: > 0 } address && !address.TrimStart().StartsWith("asset://", StringComparison.OrdinalIgnoreCase),
        _ => false,
    };
}
