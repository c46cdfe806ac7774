using AtlasCloud.FileTypes;
using AtlasCloud.Http;

namespace AtlasCloud.Assets;

/// <summary>The library's limits, which are checked before anything is sent.</summary>
internal static class AssetRules
{
    /// <summary>Checks a source and returns its kind.</summary>
    /// <param name="source">What is to be registered.</param>
    /// <param name="given">The kind that the caller says; Unknown to detect it.</param>
    /// <param name="isLocal">Whether the client talks to an emulator on this machine, which can reach this machine.</param>
    /// <exception cref="AtlasCloudException">InvalidParameter: the library would not accept it.</exception>
    internal static MediaKind Check(MediaSource source, MediaKind given, bool isLocal)
    {
        source.EnsureReadable();
        return source.Path is string path ? CheckFile(path, given) : CheckAddress(source, given, isLocal);
    }

    private static MediaKind CheckAddress(MediaSource source, MediaKind given, bool isLocal)
    {
        if (!Uri.TryCreate(source.Value, UriKind.Absolute, out Uri? address) || address.Scheme is not ("https" or "http"))
        {
            throw AssetErrors.SourceUnsupported(source.ToString());
        }

        // A signed address of a result often has no extension; then the kind alone is known.
        FileType? type = FileType.FromAddress(address);
        MediaKind kind = CheckKind(source.ToString(), type?.Kind is null or MediaKind.Unknown ? source.Kind : type.Kind, given);
        CheckFormat(source.ToString(), kind, type?.Kind == kind ? type : null);
        return WebhookAddress.IsReachable(address, isLocal) ? kind : throw AssetErrors.AddressNotPublic(source.ToString());
    }

    private static MediaKind CheckFile(string path, MediaKind given)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        byte[] head = new byte[FileSignature.HeaderLength];
        int count = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        FileType? type = FileSignature.Find(head.AsSpan(0, count)) ?? FileType.FromExtension(path);
        MediaKind kind = CheckKind(path, type?.Kind ?? MediaKind.Unknown, given);
        CheckFormat(path, kind, type);
        if (kind == MediaKind.Image)
        {
            CheckImage(path, file, type);
        }
        else if (file.Length > MaxBytes(kind))
        {
            AtlasCloudLog.Warning($"{Path.GetFileName(path)} has {file.Length / (1024 * 1024)} MB, more than the {MaxBytes(kind) / (1024 * 1024)} MB that Seedance accepts as {kind.ToString().ToLowerInvariant()}.");
        }

        return kind;
    }

    private static void CheckImage(string path, FileStream file, FileType? type)
    {
        if (file.Length > AssetFormat.MaxImageBytes)
        {
            throw AssetErrors.TooLarge(path, file.Length, AssetFormat.MaxImageBytes);
        }

        if (type is not null && ImageDimensions.Read(file, type) is (int width, int height)
            && (Math.Min(width, height) < AssetFormat.MinImageSide
                || Math.Max(width, height) > AssetFormat.MaxImageSide
                || Math.Max(width, height) > Math.Min(width, height) * AssetFormat.MaxImageRatio))
        {
            throw AssetErrors.DimensionsUnsupported(path, width, height);
        }
    }

    private static MediaKind CheckKind(string source, MediaKind actual, MediaKind given)
    {
        MediaKind kind = actual == MediaKind.Unknown ? given : actual;
        return kind is not (MediaKind.Image or MediaKind.Video or MediaKind.Audio) ? throw AssetErrors.KindUnknown(source)
            : given != MediaKind.Unknown && given != kind ? throw AssetErrors.KindMismatch(source, kind, given)
            : kind;
    }

    // The formats of video and audio are those of Seedance's inputs, which other models of the library may not share.
    private static void CheckFormat(string source, MediaKind kind, FileType? type)
    {
        string[] allowed = kind switch
        {
            MediaKind.Image => AssetFormat.ImageExtensions,
            MediaKind.Video => AssetFormat.VideoExtensions,
            _ => AssetFormat.AudioExtensions,
        };
        if (type is null || allowed.Contains(type.Extension, StringComparer.Ordinal))
        {
            return;
        }

        if (kind == MediaKind.Image)
        {
            throw AssetErrors.FormatUnsupported(source, kind, type.Extension, allowed);
        }

        AtlasCloudLog.Warning($"{Path.GetFileName(source)} is a {type.Extension} file; Seedance accepts {kind.ToString().ToLowerInvariant()} as {string.Join(" or ", allowed)}. The service may reject it.");
    }

    private static long MaxBytes(MediaKind kind) => kind == MediaKind.Video ? AssetFormat.MaxVideoBytes : AssetFormat.MaxAudioBytes;
}
