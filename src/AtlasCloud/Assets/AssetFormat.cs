using System.Text.Json.Nodes;

namespace AtlasCloud.Assets;

/// <summary>
/// The paths, members and limits of the asset library (API reference, section 8.3). What no source confirms is marked ASSUMED and stands only here.
/// </summary>
internal static class AssetFormat
{
    internal const string ReferencePrefix = "asset://";

    internal const string ListPath = "sd/assets";

    internal const int MaxImageBytes = 30 * 1024 * 1024;
    internal const int MinImageSide = 300;
    internal const int MaxImageSide = 6000;
    internal const double MaxImageRatio = 2.5;

    // ASSUMED: the library has the limits of Seedance's own inputs (section 8.2). Exceeding them is a warning.
    internal const int MaxVideoBytes = 50 * 1024 * 1024;
    internal const int MaxAudioBytes = 15 * 1024 * 1024;

    internal static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(2);

    // ASSUMED: no source says how long the check of an asset takes, or when a new asset can be read.
    internal static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(5);
    internal static readonly TimeSpan UnknownGrace = TimeSpan.FromSeconds(10);

    internal static readonly string[] ImageExtensions = [".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff", ".gif", ".heic", ".heif"];

    // ASSUMED, as the sizes.
    internal static readonly string[] VideoExtensions = [".mp4", ".mov"];
    internal static readonly string[] AudioExtensions = [".wav", ".mp3"];

    internal static readonly string[] IdMembers = ["id"];
    internal static readonly string[] AssetIdMembers = ["atlas_asset_id"];
    internal static readonly string[] ErrorMembers = ["error_message"];
    internal static readonly string[] ErrorCodeMembers = ["error_code"];

    // ASSUMED: the list and its members are not published.
    internal static readonly string[] ListMembers = ["items", "list", "assets"];
    internal static readonly string[] TotalMembers = ["total"];
    internal static readonly string[] KindMembers = ["type"];
    internal static readonly string[] NameMembers = ["name"];

    internal static string PathOf(string id) => $"{ListPath}/{Uri.EscapeDataString(id)}";

    internal static string RestorePathOf(string id) => PathOf(id) + "/restore";

    internal static JsonObject RegisterBody(MediaKind kind, Uri address) => new() { ["type"] = kind.ToString(), ["url"] = address.AbsoluteUri };

    // ASSUMED: the name of the member.
    internal static JsonObject RenameBody(string name) => new() { ["name"] = name };

    /// <summary>The state of a status; an unknown one is not final.</summary>
    internal static AssetState StateOf(string? status) => status?.ToUpperInvariant() switch
    {
        "ACTIVE" => AssetState.Active,
        "FAILED" => AssetState.Failed,

        // ASSUMED: no source shows an asset in the trash.
        "DELETED" or "TRASHED" => AssetState.Deleted,
        _ => AssetState.Processing,
    };
}
