using AtlasCloud.FileTypes;

namespace AtlasCloud.Outputs;

/// <summary>What a file can be, so that it is a result.</summary>
/// <param name="Kinds">The kinds of media; empty if nothing is known.</param>
/// <param name="Named">The type that the service or the address names; null if neither does.</param>
/// <param name="Labelled">The type of the Content-Type header; null if it is unknown.</param>
internal sealed record ExpectedContent(IReadOnlyCollection<MediaKind> Kinds, FileType? Named, FileType? Labelled)
{
    /// <summary>
    /// Returns what an output can be. The service's own statement about the output comes first, then what the prediction makes, and last the label of the
    /// host, which is often wrong.
    /// </summary>
    /// <param name="output">The output.</param>
    /// <param name="address">Its address; null for content in the response.</param>
    /// <param name="contentType">The Content-Type header; null if there is none.</param>
    internal static ExpectedContent For(Output output, Uri? address, string? contentType)
    {
        FileType? named = FileType.FromContentType(output.ContentType) ?? FileType.FromAddress(address);
        FileType? labelled = FileType.FromContentType(contentType);
        MediaKind[] kinds = named is not null ? WithContainers(named.Kind)
            : output.Role is OutputRole.Thumbnail or OutputRole.LastFrame ? [MediaKind.Image]
            : output.Kind is not (MediaKind.Unknown or MediaKind.Text) ? WithContainers(output.Kind)
            : ForModel(output.Source) is { Length: > 0 } made ? made
            : labelled is not null ? WithContainers(labelled.Kind)
            : [];
        return new ExpectedContent(kinds, named, labelled);
    }

    internal bool Allows(MediaKind kind) => Kinds.Count == 0 || Kinds.Contains(kind);

    /// <summary>Whether the service or the host names this extension.</summary>
    internal bool Names(params string[] extensions) => extensions.Contains(Named?.Extension) || extensions.Contains(Labelled?.Extension);

    private static MediaKind[] ForModel(ModelKind kind) => kind switch
    {
        ModelKind.Image => [MediaKind.Image],
        ModelKind.Video => [MediaKind.Video],
        ModelKind.ThreeD => [MediaKind.ThreeD, MediaKind.Archive, MediaKind.Image],
        ModelKind.Speech or ModelKind.Music => [MediaKind.Audio],
        ModelKind.Transcription or ModelKind.Chat => [MediaKind.Text],
        _ => [],
    };

    private static MediaKind[] WithContainers(MediaKind kind) => kind == MediaKind.ThreeD ? [kind, MediaKind.Archive] : [kind];
}
