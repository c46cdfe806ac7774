namespace AtlasCloud.PowerShell.Pipeline;

/// <summary>
/// What a PowerShell user can do about a failure, in PowerShell's words. The library reports reasons and facts; commands and parameters are named
/// only here. One file per area of the library.
/// </summary>
internal static partial class ErrorAdvice
{
    /// <summary>The advice for the specific reason; null if the advice for the kind is all there is to say.</summary>
    internal static string? For(AtlasCloudException exception) =>
        CmdletErrors.AdviceFor(exception) ?? Http(exception) ?? Costs(exception) ?? Requests(exception) ?? Predictions(exception) ?? Outputs(exception)
        ?? Media(exception) ?? Models(exception) ?? Chat(exception) ?? Account(exception) ?? Webhooks(exception);
}
