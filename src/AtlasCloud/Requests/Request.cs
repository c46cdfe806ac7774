using System.Collections;
using System.Collections.Specialized;
using AtlasCloud.Json;
using AtlasCloud.Requests;
using AtlasCloud.Text;

namespace AtlasCloud;

/// <summary>A request as it was sent before, to send it again. It comes from the metadata of a saved file, from a journal entry, or from a prediction.</summary>
public sealed record Request
{
    private readonly IReadOnlyList<RequestUpload> _uploads = ReadOnlyLists.Empty<RequestUpload>();

    /// <summary>The model's ID.</summary>
    public required string Model { get; init; }

    /// <summary>The kind of result; Unknown if it follows neither from the source nor from the model.</summary>
    public ModelKind Kind { get; init; }

    /// <summary>The prompt without control characters; null if there is none. It is also among <see cref="Inputs"/>, exactly as it was sent.</summary>
    public string? Prompt { get; init; }

    /// <summary>The label; null if there is none.</summary>
    public string? Label { get; init; }

    /// <summary>The inputs as they were sent, by the model's own names, without the model. Keys are not case-sensitive; read-only.</summary>
    public OrderedDictionary Inputs { get; init; } = [];

    /// <summary>The files that were uploaded for it, and the addresses that are incomplete because they contained credentials.</summary>
    public IReadOnlyList<RequestUpload> Uploads { get => _uploads; init => _uploads = ReadOnlyLists.Create(value); }

    /// <summary>Where it comes from: the path of the metadata file, or the ID of the journal entry or prediction; null for other objects.</summary>
    public string? Source { get; init; }

    /// <summary>The ID of the prediction that it created; null if unknown.</summary>
    public string? PredictionId { get; init; }

    /// <summary>When it was sent; null if unknown.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>The webhook address; null if there is none or it is unknown. It may contain credentials, so files do not contain it.</summary>
    public Uri? WebhookUri { get; init; }

    /// <summary>Whether the request had a webhook address, even if it is unknown.</summary>
    public bool HadWebhook { get; init; }

    /// <summary>Reads a request from the metadata of a saved file.</summary>
    /// <param name="path">The metadata file. <see cref="FindMetadata"/> returns that of a saved file.</param>
    /// <param name="inputPaths">Folders and files in which uploaded files are searched for, before the folder of the metadata. Default: none.</param>
    /// <returns>The request. An uploaded file whose content was found has a <see cref="RequestUpload.Path"/>.</returns>
    /// <exception cref="AtlasCloudException">InvalidParameter: there is no metadata, or it contains no valid request.</exception>
    public static Request Load(string path, IEnumerable<string>? inputPaths = null) => RequestFile.Read(path, [.. inputPaths ?? []]);

    /// <summary>Returns the path of the metadata of a saved file.</summary>
    /// <param name="path">The saved file, or metadata, which is returned as it is.</param>
    /// <exception cref="AtlasCloudException">InvalidParameter (MetadataMissing): the file exists and has no metadata.</exception>
    public static string FindMetadata(string path) => RequestFile.FindMetadata(Path.GetFullPath(path));

    /// <summary>Reads a request from metadata in memory.</summary>
    /// <param name="metadata">An object with the members of a metadata file.</param>
    /// <returns>The request; null if the object contains none.</returns>
    /// <exception cref="AtlasCloudException">InvalidParameter: the request in it is not valid.</exception>
    public static Request? FromMetadata(IDictionary metadata) => RequestReader.Read(JsonText.ToElement(JsonValues.ToJson(metadata)), "object");

    /// <summary>Returns the value of an input to send. Uploaded files are replaced by the local files, or by uploads of this client with the same content.</summary>
    /// <param name="name">The name of the input.</param>
    /// <param name="media">The uploads of the client that will send the request.</param>
    /// <exception cref="AtlasCloudException">InvalidParameter (UploadNotFound): neither the file nor an upload with its content exists.</exception>
    public object? GetInput(string name, MediaResource media) => Uploads.Count == 0 ? Inputs[name] : new UploadResolver(this, media).Resolve(name, Inputs[name]);

    /// <summary>Returns the request in the form in which it is submitted: with the same inputs, except for changes.</summary>
    /// <param name="media">The uploads of the client that will send the request.</param>
    /// <param name="changes">Inputs to change, by the model's own names; null removes an input. Default: no changes.</param>
    /// <exception cref="AtlasCloudException">InvalidParameter (UploadNotFound): a file of an input that is not changed exists neither locally nor as an upload of the client.</exception>
    public GenerationRequest ToGenerationRequest(MediaResource media, IDictionary? changes = null)
    {
        OrderedDictionary inputs = new(StringComparer.OrdinalIgnoreCase);
        foreach (string name in Inputs.Keys.Cast<string>().Where(n => changes?.Contains(n) != true))
        {
            inputs[name] = GetInput(name, media);
        }

        foreach (DictionaryEntry change in changes ?? new Hashtable())
        {
            inputs[change.Key] = change.Value;
        }

        return new GenerationRequest { Model = Model, Label = Label, Parameters = inputs, WebhookUri = WebhookUri };
    }

    /// <summary>Returns the model and the prompt, abbreviated.</summary>
    public override string ToString() => SafeText.Sanitize(Prompt is null ? Model : $"{Model}: {Prompt}", length: 120);

    // Metadata can come from anyone, and the prompt is shown.
    internal static string? FindPrompt(OrderedDictionary inputs) =>
        CommonInputs.GetNames(CommonInput.Prompt).Select(n => inputs[n]).OfType<string>().Select(SafeText.StripControlCharacters).FirstOrDefault(t => t.Length > 0);
}
