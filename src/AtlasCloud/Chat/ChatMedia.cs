using AtlasCloud.Chat.Protocols;
using AtlasCloud.FileTypes;

namespace AtlasCloud.Chat;

/// <summary>Attaches media to a message: small files as data, large ones as uploads, addresses unchanged, audio in the form that the protocol accepts.</summary>
internal sealed class ChatMedia(MediaResource media)
{
    private const long MaxInlineBytes = 4 * 1024 * 1024;

    // Audio that has to be data cannot be uploaded; Base64 adds a third, and the service accepts 50 MB.
    private const long MaxAudioBytes = 32 * 1024 * 1024;

    /// <summary>The messages, with the request's media in the last one. Everything is checked before the first upload.</summary>
    /// <exception cref="AtlasCloudException">InvalidParameter: a file is missing, or the model or the protocol does not accept it. PayloadTooLarge: audio exceeds 32 MiB.</exception>
    internal async Task<IReadOnlyList<ChatMessage>> AttachAsync(ChatRequest request, ChatProtocol protocol, Model? model, CancellationToken cancellationToken)
    {
        ChatModalityCheck.Check(request, protocol, model);
        (MediaSource Source, MediaKind Kind)[] sources =
        [
            .. request.Images.Select(s => (s, MediaKind.Image)), .. request.Videos.Select(s => (s, MediaKind.Video)), .. request.Audios.Select(s => (s, MediaKind.Audio)),
        ];
        if (sources.Length == 0)
        {
            return request.Messages;
        }

        foreach ((MediaSource source, MediaKind kind) in sources)
        {
            source.EnsureReadable();
            if (kind == MediaKind.Audio && !protocol.AcceptsAudioAddresses)
            {
                CheckAudio(source);
            }
        }

        List<(string Address, MediaKind Kind)> sent = [];
        foreach ((MediaSource source, MediaKind kind) in sources)
        {
            long limit = kind == MediaKind.Audio && !protocol.AcceptsAudioAddresses ? MaxAudioBytes : MaxInlineBytes;
            sent.Add((await ResolveAsync(source, limit, cancellationToken).ConfigureAwait(false), kind));
        }

        ChatMessage last = request.Messages[^1];
        return
        [
            .. request.Messages.Take(request.Messages.Count - 1),
            last with { Images = Merge(MediaKind.Image, last.Images), Videos = Merge(MediaKind.Video, last.Videos), Audios = Merge(MediaKind.Audio, last.Audios) },
        ];

        IReadOnlyList<string> Merge(MediaKind kind, IReadOnlyList<string> known) => [.. known, .. sent.Where(s => s.Kind == kind).Select(s => s.Address)];
    }

    private async Task<string> ResolveAsync(MediaSource source, long limit, CancellationToken cancellationToken)
    {
        if (source.Path is not string path)
        {
            return source.Value;
        }

        if (new FileInfo(path).Length > limit)
        {
            return (await media.UploadAsync(path, cancellationToken: cancellationToken).ConfigureAwait(false)).ToString();
        }

        byte[] content = await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false);
        FileType type = FileSignature.Find(content) ?? FileType.FromExtension(path) ?? FileType.Binary;
        return $"data:{type.ContentType};base64,{Convert.ToBase64String(content)}";
    }

    private static void CheckAudio(MediaSource source)
    {
        if (source.Path is not string path)
        {
            DataUri.ParseAudio(source.Value);
            return;
        }

        byte[] head = new byte[64];
        using (FileStream file = File.OpenRead(path))
        {
            file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
            if (file.Length > MaxAudioBytes)
            {
                throw ChatErrors.AudioTooLarge(path, MaxAudioBytes);
            }
        }

        FileType type = FileSignature.Find(head) ?? FileType.FromExtension(path) ?? FileType.Binary;
        DataUri.ParseAudio($"data:{type.ContentType};base64,");
    }
}
