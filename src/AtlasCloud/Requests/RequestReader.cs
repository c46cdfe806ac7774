using System.Collections.Specialized;
using System.Text.Json;
using AtlasCloud.Json;
using AtlasCloud.Text;

namespace AtlasCloud.Requests;

/// <summary>Reads what <see cref="RecordedRequest"/> wrote. The content can come from anyone: what is not valid is an error, and no file is opened.</summary>
internal static class RequestReader
{
    private const int MaxModelLength = 200;
    private const int MaxLabelLength = 1000;
    private const int MaxUploads = 1000;
    private const int DigestLength = 64;
    private static readonly string[] s_withoutInputs = ["model", "webhook_url"];

    /// <summary>Reads a request; null if the document contains none.</summary>
    /// <param name="metadata">The document.</param>
    /// <param name="source">The name of the document in errors.</param>
    /// <exception cref="AtlasCloudException">InvalidParameter: the request in it is not valid.</exception>
    internal static Request? Read(JsonElement metadata, string source)
    {
        if (metadata.Member(RecordedRequest.RequestName) is not JsonElement { ValueKind: JsonValueKind.Object } request
            || (request.Member("model") ?? metadata.Member("model")) is not JsonElement model)
        {
            return null;
        }

        string id = model.ValueKind == JsonValueKind.String ? SafeText.Sanitize(model.AsText(), length: MaxModelLength + 1) : "";
        if (id.Length is 0 or > MaxModelLength)
        {
            throw RequestErrors.MetadataInvalid(source, "'model' is not the ID of a model");
        }

        if (FindInexact(request) is string problem)
        {
            throw RequestErrors.MetadataInvalid(source, problem);
        }

        OrderedDictionary inputs = JsonValues.ToDictionary(request, name => !s_withoutInputs.Contains(name, StringComparer.OrdinalIgnoreCase), exact: true);
        return new Request
        {
            Model = id,
            Kind = Enum.TryParse(metadata.Text("kind"), ignoreCase: true, out ModelKind kind) && Enum.IsDefined(kind) ? kind : ModelKinds.GuessFromId(id),
            Prompt = Request.FindPrompt(inputs),
            Label = ReadLabel(metadata, source),
            Inputs = inputs,
            Uploads = ReadUploads(metadata, source),
            PredictionId = metadata.Text("id") is string prediction && PredictionId.IsValid(prediction) ? prediction : null,
            CreatedAt = metadata.Member("created_at")?.AsTime(),
            HadWebhook = metadata.Member(RecordedRequest.WebhookName)?.AsBoolean() == true || request.Member("webhook_url") is not null,
        };
    }

    // What would be read differently from what the file says would change the request in silence.
    private static string? FindInexact(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                return IsText(() => value.GetString()) ? null : "a text in 'request' is not valid Unicode";
            case JsonValueKind.Array:
                return value.EnumerateArray().Select(FindInexact).FirstOrDefault(p => p is not null);
            case JsonValueKind.Object:
                HashSet<string> names = new(StringComparer.Ordinal);
                foreach (JsonProperty member in value.EnumerateObject())
                {
                    if (!IsText(() => member.Name))
                    {
                        return "a name in 'request' is not valid Unicode";
                    }

                    if (!names.Add(member.Name))
                    {
                        return $"'request' contains '{SafeText.Sanitize(member.Name, length: 60)}' twice";
                    }

                    if (FindInexact(member.Value) is string problem)
                    {
                        return problem;
                    }
                }

                return null;
            default:
                return null;
        }
    }

    // Half of a surrogate pair throws.
    private static bool IsText(Func<string?> read)
    {
        try
        {
            return read() is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static string? ReadLabel(JsonElement metadata, string source) => metadata.Member("label") switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } label => SafeText.Sanitize(label.AsText(), length: MaxLabelLength) is { Length: > 0 } text ? text : null,
        _ => throw RequestErrors.MetadataInvalid(source, "'label' is not text"),
    };

    private static RequestUpload[] ReadUploads(JsonElement metadata, string source)
    {
        if (metadata.Member(RecordedRequest.UploadsName) is not JsonElement uploads)
        {
            return [];
        }

        return uploads.ValueKind == JsonValueKind.Array && uploads.GetArrayLength() <= MaxUploads
            ? [.. uploads.EnumerateArray().Select(u => ReadUpload(u, source))]
            : throw RequestErrors.MetadataInvalid(source, "'uploads' is not a list of files");
    }

    private static RequestUpload ReadUpload(JsonElement upload, string source)
    {
        string? address = upload.Member("url") is JsonElement { ValueKind: JsonValueKind.String } url ? url.AsExactText() : null;
        string? name = upload.Text("name");
        string? digest = upload.Text("sha256");
        bool isFile = name is not null && IsFileName(name) && digest is { Length: DigestLength } && digest.All(char.IsAsciiHexDigitLower);
        return address is not null && (isFile || (name is null && digest is null))
            ? new RequestUpload { Address = address, Name = name, Sha256 = digest, Length = upload.Member("length")?.AsInteger() }
            : throw RequestErrors.MetadataInvalid(source, "an element of 'uploads' does not have a URL, a file name without a folder, and a SHA-256");
    }

    // Separators of all operating systems, since the file can come from another one.
    private static bool IsFileName(string name) => name.Length <= 255 && name is not ("." or "..") && !name.Any(c => c is '/' or '\\' || char.IsControl(c));
}
