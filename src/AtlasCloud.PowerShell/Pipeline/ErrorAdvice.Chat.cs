namespace AtlasCloud.PowerShell.Pipeline;

internal static partial class ErrorAdvice
{
    private static string? Chat(AtlasCloudException exception) => exception.Reason switch
    {
        AtlasCloudErrorReason.ConversationEmpty =>
            "Specify a reply of Invoke-AtlasChat, or messages with the properties Role and Text. To store a reply, use Export-Clixml or ConvertTo-Json -Depth 10.",
        AtlasCloudErrorReason.ChatMessageMissing => "Specify -Message, or pipe text.",
        AtlasCloudErrorReason.JsonSchemaMalformed => "Check the brackets, commas and quotes of the JSON schema.",
        AtlasCloudErrorReason.NotALanguageModel => NotALanguageModel(exception),
        AtlasCloudErrorReason.ChatProtocolUnknown => $"Use -Protocol {Alternatives(exception)}, or omit it to let the catalog decide.",
        AtlasCloudErrorReason.ChatProtocolUnsupported => exception.Allowed.Count == 0
            ? "Omit -Protocol, or choose another model."
            : $"Use -Protocol {Alternatives(exception)}, or omit it to let the catalog decide.",
        AtlasCloudErrorReason.ChatProtocolMismatch => "Omit -Protocol, or choose another model. The Protocols property of Get-AtlasModel lists what a model supports.",
        AtlasCloudErrorReason.ChatModalityUnsupported =>
            $"Omit the {exception.Input}, or choose a model that accepts it. The InputModalities property of Get-AtlasModel lists what a model accepts.",
        AtlasCloudErrorReason.ChatProtocolWithoutModality => exception.Allowed.Count == 0
            ? $"Omit the {exception.Input}, or choose a model that supports another protocol."
            : $"Use -Protocol {Alternatives(exception)}.",
        AtlasCloudErrorReason.ChatStopUnsupported => exception.Allowed.Count == 0 ? "Omit -Stop." : $"Omit -Stop, or use -Protocol {Alternatives(exception)}.",
        AtlasCloudErrorReason.ChatAudioByAddress => "Download the audio and specify the path of the file, or use a model that supports gemini.generate.",
        AtlasCloudErrorReason.ChatAudioFormatUnsupported => "Convert the audio to wav or mp3, or use a model that supports gemini.generate.",
        AtlasCloudErrorReason.ChatAudioTooLarge => "Shorten the audio, convert it to mp3, or use a model that supports gemini.generate.",
        AtlasCloudErrorReason.ChatSamplingUnsupported => $"Omit {Parameters(exception)}.{OtherProtocols(exception)}",
        AtlasCloudErrorReason.ChatRequestRefused => exception.Input is null
            ? $"Check the parameters that the message names.{OtherProtocols(exception)}"
            : $"Try again without {Parameters(exception)}.{OtherProtocols(exception)}",
        AtlasCloudErrorReason.StructuredReplyMismatch => "Loosen the schema, or choose another model. TargetObject is the text of the reply.",
        AtlasCloudErrorReason.StructuredReplyTruncated => "The reply was cut at its length limit; raise -MaxTokens. TargetObject is the text of the reply.",
        _ => null,
    };

    private static string NotALanguageModel(AtlasCloudException exception) => exception.Value?.ToUpperInvariant() switch
    {
        "IMAGE" or "3D" => "Use New-AtlasImage for this model.",
        "VIDEO" => "Use New-AtlasVideo for this model.",
        "AUDIO" => "Use New-AtlasAudio for this model.",
        _ => "Get-AtlasModel -Type Text lists the language models.",
    };

    private static string Alternatives(AtlasCloudException exception) => string.Join(" or ", exception.Allowed);

    private static string OtherProtocols(AtlasCloudException exception) =>
        exception.Allowed.Count == 0 ? "" : $" {exception.Value} may be the wrong protocol for the model; try -Protocol {Alternatives(exception)}.";

    // The library names its own properties; what is written in lower case was given in -Parameters.
    private static string Parameters(AtlasCloudException exception) =>
        string.Join(" and ", (exception.Input ?? "").Split(", ").Select(name => name.Length > 0 && char.IsUpper(name[0]) ? "-" + name : name));
}
