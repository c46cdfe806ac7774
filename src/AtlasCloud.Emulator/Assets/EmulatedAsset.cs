using System.Text.Json.Nodes;

namespace AtlasCloud.Emulation.Assets;

/// <summary>An asset of the library.</summary>
/// <param name="Id">The ID in the path.</param>
/// <param name="Number">The position in the library, from 1.</param>
/// <param name="Account">The account that registered it.</param>
/// <param name="Kind">Image, Video or Audio.</param>
/// <param name="ReadyAt">When the check of the media ends.</param>
/// <param name="Problem">Why the check rejects the media; null if it accepts them.</param>
internal sealed record EmulatedAsset(string Id, int Number, int? Account, string Kind, DateTimeOffset ReadyAt, string? Problem)
{
    internal string Name { get; init; } = "";

    internal bool IsDeleted { get; init; }

    /// <summary>The asset in the form of the service. A rejected asset loses its reference.</summary>
    internal JsonObject ToJson(DateTimeOffset now)
    {
        bool isReady = now >= ReadyAt;
        string suffix = Id["ast_".Length..];
        bool isActive = isReady && Problem is null;
        return new JsonObject
        {
            ["id"] = Id,
            ["atlas_asset_id"] = !isReady || isActive ? "atlas-" + suffix : "",
            ["ark_asset_id"] = isActive ? "asset-" + suffix : "",
            ["type"] = Kind,
            ["name"] = Name,
            ["status"] = !isReady ? "Processing" : isActive ? "Active" : "Failed",
            ["error_message"] = isReady ? Problem ?? "" : "",
            ["error_code"] = isReady && Problem is not null ? "invalid_media" : "",
        };
    }
}
