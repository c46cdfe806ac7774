namespace AtlasCloud.PowerShell.Pipeline;

internal static partial class ErrorAdvice
{
    private const string RequiredSuffix = " (required)";

    private static string? Requests(AtlasCloudException exception) => exception.Reason switch
    {
        AtlasCloudErrorReason.ModelRequired => "Specify -Model. Get-AtlasModel lists the models.",
        AtlasCloudErrorReason.InputsNotInSchema =>
            $"The model accepts: {string.Join(", ", exception.Allowed.Select(WithParameter))}. Get-AtlasModelParameter -Model {Quote(exception.Model)} shows the allowed values of each input.",
        AtlasCloudErrorReason.InputsInvalid => "The model has no published input schema. See its page in the documentation of the service.",
        AtlasCloudErrorReason.InputsNotValidated => exception.InnerException is null
            ? $"To submit without validation, read the page of {Quote(exception.Model)} in the documentation of the service, and use -SkipValidation."
            : "Repeat the command, or use -SkipValidation to submit without validation. Test-AtlasSession checks the connection.",
        AtlasCloudErrorReason.ModelTypeMismatch => exception.Value switch
        {
            "Text" => "Use Invoke-AtlasChat for this model.",
            "Image" or "Video" or "Audio" => $"Use New-Atlas{exception.Value} for this model.",
            _ => "Get-AtlasModel shows the type of each model.",
        },
        AtlasCloudErrorReason.NoPricePerRequest =>
            $"Get-AtlasModel {Quote(exception.Model)} shows its prices per million tokens. Each reply of Invoke-AtlasChat has an EstimatedCost.",
        AtlasCloudErrorReason.WebhookUriNotReachable =>
            "Specify a public URL that begins with https://. With an emulator, a URL on this machine also works.",
        AtlasCloudErrorReason.OutputExpirationOutOfRange => "Specify 1 to 336 hours, for example -OutputExpiration 24:00:00.",
        AtlasCloudErrorReason.CountOutOfRange => "Specify -Count 1 or more, or omit it.",
        AtlasCloudErrorReason.MetadataMissing => "Specify a file that was saved with Save-AtlasOutput -Metadata, or its .json file.",
        AtlasCloudErrorReason.MetadataInvalid => "Specify a .json file as Save-AtlasOutput -Metadata writes it.",
        AtlasCloudErrorReason.UploadNotFound =>
            $"Import the request again with Import-AtlasRequest -InputPath and the folder that contains the file, or override the input: {WithParameter(exception.Input ?? "the input")}.",
        AtlasCloudErrorReason.DefaultsInvalid => "Correct the value. If it is in the file, correct or delete the file: Set-AtlasDefault does not overwrite a file with a mistake.",
        AtlasCloudErrorReason.FileChanged => "Restore the file, or import the request again and override the input.",
        AtlasCloudErrorReason.JsonMemberRepeated => "Remove one of the two members from the JSON text.",
        AtlasCloudErrorReason.ValueNotSerializable => "Use text, numbers, booleans, arrays and hashtables.",
        _ => null,
    };

    // "image (required)" becomes "image (-Image, required)".
    private static string WithParameter(string input)
    {
        bool isRequired = input.EndsWith(RequiredSuffix, StringComparison.Ordinal);
        string name = isRequired ? input[..^RequiredSuffix.Length] : input;
        string notes = string.Join(", ", new[] { CommonInputs.FromName(name) is CommonInput common ? $"-{common}" : "", isRequired ? "required" : "" }.Where(n => n.Length > 0));
        return notes.Length > 0 ? $"{name} ({notes})" : name;
    }
}
