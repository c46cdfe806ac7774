using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Data;
using AtlasCloud.Emulation.Http;
using AtlasCloud.Emulation.Predictions;
using AtlasCloud.Emulation.Routing;

namespace AtlasCloud.Emulation.Media;

/// <summary>POST /api/v1/model/uploadMedia.</summary>
internal sealed class UploadEndpoint
{
    private readonly MediaStore _store;
    private readonly Uri _baseUri;

    internal UploadEndpoint(MediaStore store, Uri baseUri) => (_store, _baseUri) = (store, baseUri);

    internal async Task<Reply> PostAsync(RequestContext context, CancellationToken cancellationToken)
    {
        if (MultipartReader.TryCreate(context.Request) is not { } form)
        {
            return ErrorReply.Create(context, 400, "Content-Type must be multipart/form-data");
        }

        MultipartFile? file;
        do
        {
            file = await form.NextFileAsync(cancellationToken).ConfigureAwait(false);
        }
        while (file is not null && file.FieldName != "file");

        if (file is null)
        {
            return ErrorReply.Create(context, 400, "file is required");
        }

        string id = Guid.NewGuid().ToString("N");
        string storedName = id + Path.GetExtension(file.FileName).ToLowerInvariant();
        StoredMedia media = await _store.StoreAsync(storedName, file.FileName, file.Content, cancellationToken).ConfigureAwait(false);
        (context.FileLength, context.FileSha256) = (media.Length, media.Sha256);
        return CreateReply(context, $"{_baseUri}media/{storedName}", file.FileName, media);
    }

    private static Reply CreateReply(RequestContext context, string address, string fileName, StoredMedia media)
    {
        if (context.Rule?.Variant is { } variant && JsonText.TryReadObject(Sample.All[variant].Bytes) is { } shape)
        {
            FillShape(shape, address, fileName, media);
            return Reply.Json(shape);
        }

        return Reply.Json(PredictionWriter.Envelope(
            new JsonObject
            {
                ["type"] = ContentSniffer.GetClass(fileName, media.ContentType),
                ["download_url"] = address,
                ["filename"] = fileName,
                ["size"] = media.Length,
            },
            "success"));
    }

    private static void FillShape(JsonObject shape, string address, string fileName, StoredMedia media)
    {
        foreach ((string name, JsonNode? value) in shape.ToList())
        {
            if (value is JsonObject inner)
            {
                FillShape(inner, address, fileName, media);
                continue;
            }

            shape[name] = name switch
            {
                "url" or "file_url" or "download_url" or "data" => address,
                "filename" or "file_name" => fileName,
                "size" => media.Length,
                "content_type" => media.ContentType,
                "type" => ContentSniffer.GetClass(fileName, media.ContentType),
                _ => value?.DeepClone(),
            };
        }
    }
}
