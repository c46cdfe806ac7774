using AtlasCloud.Text;

namespace AtlasCloud.Requests;

/// <summary>Creates the errors about a request that was not sent, and the sentences in them.</summary>
internal static class RequestErrors
{
    private const int MaxNameLength = 60;

    /// <summary>The sentence about a prompt without visible characters.</summary>
    internal const string BlankPrompt = "The prompt contains only white space or invisible characters.";

    /// <summary>One error with all validation errors.</summary>
    internal static AtlasCloudException Invalid(string model, ModelSchema? schema, IReadOnlyList<string> errors)
    {
        string shown = SafeText.Sanitize(model);
        return new(AtlasCloudErrorKind.InvalidParameter, $"The request is not valid for {shown}: {string.Join(" ", errors)} Nothing was submitted.")
        {
            Reason = schema is null ? AtlasCloudErrorReason.InputsInvalid : AtlasCloudErrorReason.InputsNotInSchema,
            Model = shown,
            Allowed = schema is null ? [] : [.. schema.Parameters.Select(p => Shown(p.Name) + (p.IsRequired ? " (required)" : ""))],
        };
    }

    /// <summary>The inputs of a request that would be paid cannot be validated.</summary>
    /// <param name="model">The model.</param>
    /// <param name="failure">Why its inputs are unavailable; null if it publishes none.</param>
    internal static AtlasCloudException NotValidated(string model, AtlasCloudException? failure)
    {
        string shown = SafeText.Sanitize(model);
        return failure is null
            ? new(AtlasCloudErrorKind.InvalidParameter, $"{shown} publishes no list of its inputs, so the request cannot be validated. Nothing was submitted.")
            {
                Reason = AtlasCloudErrorReason.InputsNotValidated,
                Model = shown,
            }
            : failure.With(
                message: $"The inputs of {shown} are unavailable, so the request cannot be validated: {failure.Message} Nothing was submitted.",
                reason: failure.Reason == AtlasCloudErrorReason.None ? AtlasCloudErrorReason.InputsNotValidated : failure.Reason,
                model: shown);
    }

    /// <summary>A rule that holds for all models.</summary>
    internal static AtlasCloudException Invalid(AtlasCloudErrorReason reason, string input, string? value, string message) =>
        new(AtlasCloudErrorKind.InvalidParameter, $"{message} Nothing was submitted.") { Reason = reason, Input = input, Value = value };

    /// <summary>The JSON text of an input contains a member twice.</summary>
    internal static AtlasCloudException MemberRepeated(string input, string member)
    {
        string shown = SafeText.Sanitize(member, length: 60);
        return Invalid(AtlasCloudErrorReason.JsonMemberRepeated, Shown(input), shown, $"The JSON text of '{Shown(input)}' contains '{shown}' twice in one object.");
    }

    /// <summary>The model belongs to another endpoint.</summary>
    internal static AtlasCloudException WrongModelType(Model model, GenerationKind kind) =>
        new(AtlasCloudErrorKind.InvalidParameter, $"{model.Id} is a model of type {model.TypeName}, not {kind}. Nothing was submitted.")
        {
            Reason = AtlasCloudErrorReason.ModelTypeMismatch,
            Model = model.Id,
            Value = model.Type,
            Target = model.Id,
        };

    /// <summary>Language models have prices per token only.</summary>
    internal static AtlasCloudException NoPricePerRequest(Model model) => new(
        AtlasCloudErrorKind.InvalidParameter,
        $"{model.Id} is a language model: its cost depends on the tokens of the reply, so a request has no price in advance. Nothing was submitted.")
    {
        Reason = AtlasCloudErrorReason.NoPricePerRequest,
        Model = model.Id,
        Target = model.Id,
    };

    /// <summary>A saved file has no metadata.</summary>
    internal static AtlasCloudException MetadataMissing(string path) =>
        new(AtlasCloudErrorKind.InvalidParameter, $"The file '{path}' has no metadata: '{Path.GetFileName(path)}.json' does not exist in its folder.")
        {
            Reason = AtlasCloudErrorReason.MetadataMissing,
            Value = path,
            Target = path,
        };

    /// <summary>A file is not metadata, or metadata of a file whose request was not known.</summary>
    internal static AtlasCloudException MetadataWithoutRequest(string path) =>
        new(AtlasCloudErrorKind.InvalidParameter, $"The file '{path}' contains no request.") { Reason = AtlasCloudErrorReason.MetadataMissing, Value = path, Target = path };

    /// <summary>Metadata contains no valid request.</summary>
    internal static AtlasCloudException MetadataInvalid(string source, string problem) =>
        new(AtlasCloudErrorKind.InvalidParameter, $"No request can be read from '{SafeText.Sanitize(source)}': {problem}.")
        {
            Reason = AtlasCloudErrorReason.MetadataInvalid,
            Value = source,
            Target = source,
        };

    /// <summary>A file that was uploaded for an earlier request is not available.</summary>
    internal static AtlasCloudException UploadNotFound(string input, RequestUpload upload)
    {
        string shown = SafeText.Sanitize(upload.Name ?? upload.Address, length: 200);
        return new(
            AtlasCloudErrorKind.InvalidParameter,
            upload.Name is null
                ? $"'{Shown(input)}' was the URL {shown} with credentials, which are not saved to files. Nothing was submitted."
                : $"'{Shown(input)}' was the file '{shown}' with the SHA-256 {upload.Sha256}, which was not found. Nothing was submitted.")
        {
            Reason = AtlasCloudErrorReason.UploadNotFound,
            Input = input,
            Value = shown,
        };
    }

    /// <summary>A file has changed since an earlier request was read.</summary>
    internal static AtlasCloudException FileChanged(string path) =>
        Invalid(AtlasCloudErrorReason.FileChanged, "media", path, $"The file '{path}' no longer has the content that the earlier request used.");

    /// <summary>The sentence about an input that the model does not have.</summary>
    internal static string UnknownInput(string name, ModelSchema schema)
    {
        string? suggestion = FindSynonym(name, schema) ?? NameSuggester.FindTypo(name, schema.Parameters.Select(p => Shown(p.Name)));
        return suggestion is null ? $"The model has no input '{Shown(name)}'." : $"The model has no input '{Shown(name)}'{NameSuggester.FormatSuggestion(suggestion)}";
    }

    /// <summary>The sentence about a common input, such as a last image, that the model does not have.</summary>
    internal static string UnsupportedInput(CommonInput common) => $"The model has no input for {Describe(common)}.";

    /// <summary>The sentence about a required input that is missing.</summary>
    internal static string MissingInput(ModelParameter parameter, ModelSchema schema)
    {
        bool isLimited = parameter.AllowedValues.Count > 0 || parameter.Minimum is not null || parameter.Maximum is not null
            || parameter.MinimumCount is not null || parameter.MaximumCount is not null;
        string expected = isLimited && schema.Rules(parameter.Name) is { } rules && new SchemaDescription(schema.Document).Describe(rules) is string description
            ? $" and must be {description}"
            : "";
        return $"'{Shown(parameter.Name)}' is required{expected}.";
    }

    private static string Describe(CommonInput common) => common switch
    {
        CommonInput.NegativePrompt => "a negative prompt",
        CommonInput.Image => "an image",
        CommonInput.LastImage => "a last image",
        CommonInput.Audio => "audio",
        CommonInput.AspectRatio => "an aspect ratio",
        CommonInput.Count => "the number of results",
        _ => "a " + common.ToString().ToLowerInvariant(),
    };

    // The model may know the same input under another name.
    private static string? FindSynonym(string name, ModelSchema schema) =>
        CommonInputs.All.Select(c => c.Names).Concat(CommonInputs.OtherSynonyms).Where(names => names.Contains(name, StringComparer.OrdinalIgnoreCase))
            .Select(names => schema.FindFirst(names)?.Name)
            .FirstOrDefault(n => n is not null);

    private static string Shown(string name) => SafeText.Sanitize(name, length: MaxNameLength);
}
