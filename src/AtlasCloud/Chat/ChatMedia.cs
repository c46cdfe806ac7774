using AtlasCloud.Chat.Protocols;
using AtlasCloud.FileTypes;

namespace AtlasCloud.Chat;

/// <summary>Puts media into a question: small files as data, large ones uploaded, addresses as they are, sound as the protocol wants it.</summary>
internal sealed class ChatMedia(MediaResource media)
{
    private const long LargestInline = 4 * 1024 * 1024;

    // Sound that has to be data cannot be uploaded; Base64 adds a third, and the service takes 50 MB.
    private const long LargestAudio = 32 * 1024 * 1024;

    /// <summary>The messages with the request's media on the last question. All is checked before the first upload.</summary>
    /// <exception cref="AtlasCloudException">A file is missing, or the protocol or the model takes no such media.</exception>
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
            if (kind == MediaKind.Audio && !protocol.TakesAudioAddresses)
            {
                CheckAudio(source);
            }
        }

        List<(string Address, MediaKind Kind)> sent = [];
        foreach ((MediaSource source, MediaKind kind) in sources)
        {
            long largest = kind == MediaKind.Audio && !protocol.TakesAudioAddresses ? LargestAudio : LargestInline;
            sent.Add((await AddressOfAsync(source, largest, cancellationToken).ConfigureAwait(false), kind));
        }

        ChatMessage last = request.Messages[^1];
        return
        [
            .. request.Messages.Take(request.Messages.Count - 1),
            last with { Images = Of(MediaKind.Image, last.Images), Videos = Of(MediaKind.Video, last.Videos), Audios = Of(MediaKind.Audio, last.Audios) },
        ];

        IReadOnlyList<string> Of(MediaKind kind, IReadOnlyList<string> known) => [.. known, .. sent.Where(s => s.Kind == kind).Select(s => s.Address)];
    }

    private async Task<string> AddressOfAsync(MediaSource source, long largest, CancellationToken cancellationToken)
    {
        if (source.Path is not string path)
        {
            return source.Value;
        }

        if (new FileInfo(path).Length > largest)
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
            DataUri.Audio(source.Value);
            return;
        }

        byte[] head = new byte[64];
        using (FileStream file = File.OpenRead(path))
        {
            file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
            if (file.Length > LargestAudio)
            {
                throw new AtlasCloudException(AtlasCloudErrorKind.PayloadTooLarge, $"'{path}' is larger than {LargestAudio / (1024 * 1024)} MiB, the most sound that can be sent as data. Nothing was sent.")
                {
                    RecommendedAction = "Shorten it, save it as mp3, or use a model that is reached by gemini.generate.",
                    Target = path,
                };
            }
        }

        FileType type = FileSignature.Find(head) ?? FileType.FromExtension(path) ?? FileType.Binary;
        DataUri.Audio($"data:{type.ContentType};base64,");
    }
}
