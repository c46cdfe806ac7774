using AtlasCloud.Chat.Protocols;
using AtlasCloud.JsonSchema;
using AtlasCloud.Text;

namespace AtlasCloud.Chat;

/// <summary>The exceptions of this area.</summary>
internal static class ChatErrors
{
    private const string MayBeCharged = "The request may have been charged and is not retried.";

    internal static AtlasCloudException ConversationEmpty() =>
        Invalid(AtlasCloudErrorReason.ConversationEmpty, "The conversation contains no messages.");

    internal static AtlasCloudException MessageMissing() =>
        Invalid(AtlasCloudErrorReason.ChatMessageMissing, "The request contains no message.", nameof(ChatRequest.Messages));

    /// <summary>Why the highest cost of a request cannot be estimated.</summary>
    internal static AtlasCloudException CeilingUnknown(ChatRequest request, ModelPrice? price) => new(
        AtlasCloudErrorKind.BudgetExceeded,
        price is not { Input: not null, Output: not null } ? $"{request.Model} has no published rates." : $"The request sets no limit on output tokens ({nameof(ChatRequest.MaximumTokens)}).")
    {
        Reason = AtlasCloudErrorReason.PriceUnknown,
        Model = request.Model,
    };

    internal static AtlasCloudException SchemaMalformed() =>
        Invalid(AtlasCloudErrorReason.JsonSchemaMalformed, "The JSON schema is not a valid JSON object.", nameof(ChatRequest.JsonSchema));

    internal static AtlasCloudException SchemaMemberRepeated(string name) =>
        Invalid(AtlasCloudErrorReason.JsonSchemaMalformed, $"The JSON schema contains '{SafeText.Sanitize(name, length: 60)}' twice in one object.", nameof(ChatRequest.JsonSchema));

    internal static AtlasCloudException NotALanguageModel(Model model) => new(
        AtlasCloudErrorKind.InvalidParameter, $"{model.Id} is a model of type {model.TypeName}, not a language model. Nothing was sent.")
    {
        Reason = AtlasCloudErrorReason.NotALanguageModel,
        Input = nameof(ChatRequest.Model),
        Value = model.Type,
        Model = model.Id,
        Target = model.Id,
    };

    internal static AtlasCloudException ProtocolUnknown(string protocol) => Invalid(
        AtlasCloudErrorReason.ChatProtocolUnknown,
        $"'{SafeText.Sanitize(protocol, length: 100)}' is not a chat protocol; expected {JoinNames(ChatProtocols.All)}.",
        nameof(ChatRequest.Protocol),
        SafeText.Sanitize(protocol, length: 100),
        allowed: NamesOf(ChatProtocols.All));

    /// <param name="model">The model.</param>
    /// <param name="protocol">The requested protocol.</param>
    /// <param name="supported">The protocols of the model that this library supports.</param>
    internal static AtlasCloudException ProtocolUnsupported(Model model, ChatProtocol protocol, IEnumerable<ChatProtocol> supported) => Invalid(
        AtlasCloudErrorReason.ChatProtocolUnsupported,
        $"{model.Id} does not support the protocol {protocol.Name}; it supports {string.Join(", ", model.Protocols)}.",
        nameof(ChatRequest.Protocol),
        protocol.Name,
        model.Id,
        NamesOf(supported));

    internal static AtlasCloudException ModalityUnsupported(Model model, string modality) => Invalid(
        AtlasCloudErrorReason.ChatModalityUnsupported,
        $"{model.Id} does not accept {modality} input; it accepts {string.Join(", ", model.InputModalities)}.",
        modality,
        model: model.Id,
        allowed: model.InputModalities);

    /// <param name="protocol">The protocol in use.</param>
    /// <param name="modality">What it does not accept.</param>
    /// <param name="others">The protocols of the model that accept it.</param>
    internal static AtlasCloudException ProtocolWithoutModality(ChatProtocol protocol, string modality, IEnumerable<ChatProtocol> others) => Invalid(
        AtlasCloudErrorReason.ChatProtocolWithoutModality,
        $"The protocol {protocol.Name} does not accept {modality} input.",
        modality,
        protocol.Name,
        allowed: NamesOf(others));

    /// <inheritdoc cref="ProtocolWithoutModality"/>
    internal static AtlasCloudException StopUnsupported(ChatProtocol protocol, IEnumerable<ChatProtocol> others) => Invalid(
        AtlasCloudErrorReason.ChatStopUnsupported,
        $"The protocol {protocol.Name} does not support stop sequences.",
        nameof(ChatRequest.Stop),
        protocol.Name,
        allowed: NamesOf(others));

    internal static AtlasCloudException AudioByAddress() => Invalid(
        AtlasCloudErrorReason.ChatAudioByAddress, "This protocol accepts audio only as inline data, not as a URL.", nameof(ChatRequest.Audios));

    internal static AtlasCloudException AudioFormatUnsupported(string contentType) => Invalid(
        AtlasCloudErrorReason.ChatAudioFormatUnsupported,
        $"This protocol accepts audio as wav or mp3, not as {contentType}.",
        nameof(ChatRequest.Audios),
        contentType,
        allowed: ["wav", "mp3"]);

    internal static AtlasCloudException AudioTooLarge(string path, long limit) => new(
        AtlasCloudErrorKind.PayloadTooLarge, $"'{path}' is larger than {limit / (1024 * 1024)} MiB, the limit for audio that is sent as data. Nothing was sent.")
    {
        Reason = AtlasCloudErrorReason.ChatAudioTooLarge,
        Input = nameof(ChatRequest.Audios),
        Limit = limit,
        Target = path,
    };

    /// <summary>The connection failed after the request was sent.</summary>
    internal static AtlasCloudException OutcomeUnknown(AtlasCloudException failure) => failure.With(message: $"{failure.Message} {MayBeCharged}");

    /// <summary>A later request of the same chat failed. The target is the reply so far.</summary>
    internal static AtlasCloudException AfterRound(AtlasCloudException failure, int round, ChatReply reply) =>
        failure.With(message: $"{failure.Message} This was request {round} of the chat. The target of this error contains the reply so far.", target: reply);

    internal static AtlasCloudException ReplyOfOtherProtocol(string model, ChatProtocol protocol, string? requestId) => new(
        AtlasCloudErrorKind.UnexpectedReply, $"The response of {model} is not a message of {protocol.Name}.")
    {
        Reason = AtlasCloudErrorReason.ChatProtocolMismatch,
        Value = protocol.Name,
        Model = model,
        RequestId = requestId,
    };

    internal static AtlasCloudException StreamOfOtherProtocol(string description, ChatProtocol protocol) => new(
        AtlasCloudErrorKind.UnexpectedReply, $"The stream of {description} does not follow the protocol {protocol.Name}.")
    {
        Reason = AtlasCloudErrorReason.ChatProtocolMismatch,
        Value = protocol.Name,
    };

    /// <summary>The service reported a failure within a stream.</summary>
    internal static AtlasCloudException StreamFailed(string description, string serverMessage, bool hasContent) => new(
        hasContent ? AtlasCloudErrorKind.StreamInterrupted : AtlasCloudErrorKind.ServiceUnavailable,
        InterruptionMessage(description, $"the service reported \"{serverMessage}\"", hasContent))
    {
        ServerMessage = serverMessage,
    };

    internal static AtlasCloudException StreamInterrupted(string description, string cause, bool hasContent, Exception? inner = null) =>
        new(AtlasCloudErrorKind.StreamInterrupted, InterruptionMessage(description, cause, hasContent), inner);

    /// <summary>A reply that does not match the schema after its correction either. The target is its text.</summary>
    internal static AtlasCloudException SchemaMismatch(ChatReply reply, IReadOnlyList<ValidationError> errors) => new(
        AtlasCloudErrorKind.UnexpectedReply,
        $"The reply of {SafeText.Sanitize(reply.Model, length: 200)} does not match the JSON schema, even after one correction request: {SafeText.Sanitize(StructuredReply.Join(errors, "; "))}.")
    {
        Reason = reply.FinishReason == FinishReasons.Length ? AtlasCloudErrorReason.StructuredReplyTruncated : AtlasCloudErrorReason.StructuredReplyMismatch,
        Model = reply.Model,
        RequestId = reply.RequestId,
        Target = reply.Text,
    };

    /// <summary>The names of protocols, joined with "or".</summary>
    internal static string JoinNames(IEnumerable<ChatProtocol> protocols) => string.Join(" or ", NamesOf(protocols));

    private static string InterruptionMessage(string description, string cause, bool hasContent) =>
        $"The stream of {description} was interrupted: {cause}. {(hasContent ? "The reply contains the text received so far." : "No text was received.")} {MayBeCharged}";

    private static string[] NamesOf(IEnumerable<ChatProtocol> protocols) => [.. protocols.Select(p => p.Name)];

    private static AtlasCloudException Invalid(
        AtlasCloudErrorReason reason, string message, string? input = null, string? value = null, string? model = null, IReadOnlyList<string>? allowed = null) =>
        new(AtlasCloudErrorKind.InvalidParameter, $"{message} Nothing was sent.")
        {
            Reason = reason,
            Input = input,
            Value = value,
            Model = model,
            Allowed = allowed ?? [],
        };
}
