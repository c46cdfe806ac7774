namespace AtlasCloud;

/// <summary>Puts pictures into a question: small files as data, large ones uploaded, addresses as they are.</summary>
internal sealed class ChatMedia(MediaResource media)
{
    private const long LargestInline = 4 * 1024 * 1024;

    /// <summary>The messages with the request's pictures on the last question.</summary>
    internal async Task<IReadOnlyList<ChatMessage>> AttachAsync(ChatRequest request, CancellationToken cancellationToken)
    {
        if (request.Images.Count == 0)
        {
            return request.Messages;
        }

        foreach (MediaSource source in request.Images)
        {
            source.Check();
        }

        List<string> images = [];
        foreach (MediaSource source in request.Images)
        {
            images.Add(await AddressOfAsync(source, cancellationToken).ConfigureAwait(false));
        }

        ChatMessage last = request.Messages[^1];
        return [.. request.Messages.Take(request.Messages.Count - 1), last with { Images = [.. last.Images, .. images] }];
    }

    private async Task<string> AddressOfAsync(MediaSource source, CancellationToken cancellationToken)
    {
        if (source.Path is not string path)
        {
            return source.Value;
        }

        if (new FileInfo(path).Length > LargestInline)
        {
            return (await media.UploadAsync(path, cancellationToken).ConfigureAwait(false)).ToString();
        }

        byte[] content = await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false);
        FileType type = FileSignature.Find(content) ?? FileType.FromExtension(path) ?? FileType.Binary;
        return $"data:{type.ContentType};base64,{Convert.ToBase64String(content)}";
    }
}
