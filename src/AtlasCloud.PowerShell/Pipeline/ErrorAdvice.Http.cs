namespace AtlasCloud.PowerShell.Pipeline;

internal static partial class ErrorAdvice
{
    private static string? Http(AtlasCloudException exception) => exception.Reason switch
    {
        AtlasCloudErrorReason.ApiKeyMalformed when exception.Input == nameof(AtlasCloudOptions.ManagementKey) => "Copy the management key again from the console. It starts with 'mgmt-'.",
        AtlasCloudErrorReason.ApiKeyMalformed => "Copy the API key again from https://www.atlascloud.ai/console/api-keys. It starts with 'apikey-'.",
        AtlasCloudErrorReason.BaseUriInvalid => $"Specify a base URL such as https://api.atlascloud.ai, or omit -{exception.Input}.",
        AtlasCloudErrorReason.ModelNameIncomplete => "Specify the whole model ID with its task, for example google/nano-banana-2/text-to-image. Get-AtlasModel lists the IDs.",
        AtlasCloudErrorReason.CodingPlanExhausted => "The allowance of the coding plan is used up. Its daily quota is reset at midnight UTC. Until then, use another API key.",
        AtlasCloudErrorReason.BlockedByGateway => "A gateway blocked the request because of its User-Agent header. Check whether a proxy changes it.",
        AtlasCloudErrorReason.ProxyReceivesKey => "Omit -Proxy for a service on this machine, or use an https URL for the service.",
        AtlasCloudErrorReason.ProxyInvalid => "Specify a URL such as http://proxy.example.com:3128, or omit -Proxy to use the proxy of the environment.",
        AtlasCloudErrorReason.ProxyAuthenticationRequired => "Create the session with -ProxyCredential, or with -ProxyUseDefaultCredentials to authenticate as the current user.",
        AtlasCloudErrorReason.TlsFailed =>
            "Check the clock of this machine, and that the certificate of the service is valid and trusted here. If a proxy inspects TLS traffic, install its root "
            + "certificate in the certificate store of the system. Test-AtlasSession checks the connection.",
        AtlasCloudErrorReason.ScopeMissing =>
            $"Use an API key, or an access token with {(exception.Value is string scope ? $"the scope {TerminalText.ToSingleLine(scope, 60)}" : "this scope")}. Access tokens expire after 15 minutes.",
        AtlasCloudErrorReason.AccessTokenRejected =>
            "Access tokens expire after 15 minutes: create the session with a new one, or with an API key. If the token is new, check the base URL.",
        AtlasCloudErrorReason.CodingPlanKey => "A coding-plan key works with Invoke-AtlasChat and the models of the plan only. Use an API key for other models and for images, video and audio.",
        _ => null,
    };
}
