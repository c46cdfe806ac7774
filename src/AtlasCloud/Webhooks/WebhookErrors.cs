using AtlasCloud.Text;

namespace AtlasCloud.Webhooks;

/// <summary>Creates the errors about webhook deliveries.</summary>
internal static class WebhookErrors
{
    private const int MaxNameLength = 80;

    /// <summary>A header of the delivery is missing, duplicated or malformed.</summary>
    internal static AtlasCloudException BadHeader(string problem) => Rejected("header", problem);

    /// <summary>The delivery contains a header twice, so that another reader could act on the one that was not verified.</summary>
    internal static AtlasCloudException DuplicateHeader(string name) =>
        BadHeader($"The header {SafeText.Sanitize(name, length: MaxNameLength)} is present more than once.");

    /// <summary>The signature is malformed or does not match.</summary>
    internal static AtlasCloudException BadSignature(string problem) => Rejected("signature", problem);

    /// <summary>The service has no key of the ID.</summary>
    internal static AtlasCloudException UnknownKey(string keyId) =>
        Rejected("key", $"The service has no webhook signing key with the ID '{SafeText.Sanitize(keyId, length: MaxNameLength)}'.");

    /// <summary>The delivery is too old, or from the future.</summary>
    internal static AtlasCloudException WrongAge(string problem) => Rejected("age", problem);

    /// <summary>The body is empty, too large, or not a report about a prediction.</summary>
    internal static AtlasCloudException BadBody(string problem) => Rejected("body", problem);

    /// <summary>The keys of the service could not be read, so nothing is known about the delivery.</summary>
    internal static AtlasCloudException KeysUnavailable(AtlasCloudException cause) => cause.With(reason: AtlasCloudErrorReason.WebhookKeysUnavailable);

    /// <summary>The response to the request for the keys contains none.</summary>
    internal static AtlasCloudException NoKeys() =>
        new(AtlasCloudErrorKind.UnexpectedReply, "The response to the request for the webhook keys contains no Ed25519 key.");

    private static AtlasCloudException Rejected(string check, string problem) =>
        new(AtlasCloudErrorKind.WebhookRejected, $"The webhook delivery failed the {check} check. {problem}") { Input = check };
}
