using System.Text.Json;
using AtlasCloud.Http;
using AtlasCloud.Json;
using AtlasCloud.Text;

namespace AtlasCloud.Assets;

/// <summary>Reads assets from responses, in all shapes that sources name.</summary>
internal static class AssetReader
{
    private static readonly HashSet<string> s_known = new(StringComparer.Ordinal)
    {
        "id", "atlas_asset_id", "status", "error_message", "error_code", "type", "name",
    };

    /// <summary>The asset in a response; null if there is none.</summary>
    internal static Asset? Read(JsonElement root) => ReadAsset(ResponseEnvelope.Unwrap(root));

    /// <summary>The assets in a list, and how many the service says there are.</summary>
    /// <returns>Null if the response contains no list.</returns>
    internal static (IReadOnlyList<Asset> Assets, long? Total)? ReadList(JsonElement root)
    {
        // A failed asset has a status of its own, so the envelope is not unwrapped by ResponseEnvelope.
        JsonElement data = root.MemberOrNull("data") ?? root;
        JsonElement? list = data.ValueKind is JsonValueKind.Array or JsonValueKind.Null ? data : data.FirstMember(AssetFormat.ListMembers);
        if (list is null)
        {
            return null;
        }

        long? total = data.FirstMember(AssetFormat.TotalMembers)?.AsInteger();
        return ([.. list.Items().Select(ReadAsset).OfType<Asset>()], total);
    }

    private static Asset? ReadAsset(JsonElement data)
    {
        // An ID becomes part of an address, and a reference part of a request.
        if (data.Text(AssetFormat.IdMembers) is not string id || !PredictionId.IsValid(id))
        {
            return null;
        }

        string? assetId = data.Text(AssetFormat.AssetIdMembers);
        string? status = data.Text("status");
        return new Asset
        {
            Id = id,
            AssetId = PredictionId.IsValid(assetId) ? assetId : null,
            Kind = Enum.TryParse(data.Text(AssetFormat.KindMembers), ignoreCase: true, out MediaKind kind) && Enum.IsDefined(kind) ? kind : MediaKind.Unknown,
            Name = data.Text(AssetFormat.NameMembers) is string name ? SafeText.Sanitize(name) : null,
            Status = status is null ? "unknown" : SafeText.Sanitize(status, length: 50),
            State = AssetFormat.StateOf(status),
            Error = data.Text(AssetFormat.ErrorMembers) is string error ? SafeText.Sanitize(error) : null,
            ErrorCode = data.Text(AssetFormat.ErrorCodeMembers) is string code ? SafeText.Sanitize(code, length: 50) : null,
            AdditionalProperties = JsonValues.ToDictionary(data, name => !s_known.Contains(name)),
        };
    }
}
