namespace AtlasCloud.PowerShell.Pipeline;

internal static partial class ErrorAdvice
{
    /// <summary>How to specify a management key.</summary>
    internal const string ManagementKeyAdvice =
        "Set $env:ATLASCLOUD_MANAGEMENT_API_KEY, or run Connect-Atlas -ManagementKey (Read-Host -AsSecureString). "
        + "The owner of the team creates management keys (mgmt-...) in the console, under Developer, Management API Keys.";

    private static string? Management(AtlasCloudException exception) => exception.Reason switch
    {
        AtlasCloudErrorReason.ManagementKeyMissing => ManagementKeyAdvice,
        AtlasCloudErrorReason.ManagementKeyAsApiKey =>
            "Specify an API key (apikey-...), and the management key with -ManagementKey or $env:ATLASCLOUD_MANAGEMENT_API_KEY. New-AtlasApiKey creates an API key.",
        AtlasCloudErrorReason.NotAManagementKey =>
            "Specify a management key (mgmt-...) with -ManagementKey or $env:ATLASCLOUD_MANAGEMENT_API_KEY. API keys cannot manage projects.",
        AtlasCloudErrorReason.ManagementKeyRejected =>
            "Check in the console, under Developer, Management API Keys, whether the management key is active and not expired, and check the base URL.",
        AtlasCloudErrorReason.KeyLimitExceeded =>
            "The allowance of the API key or the budget of its project is used up. Set-AtlasApiKey -Allowance and Set-AtlasProject change them; Get-AtlasUsage -ApiKeyId and -Project show what was used.",
        AtlasCloudErrorReason.ProjectUnknown => "Run Get-AtlasProject to list the projects of the team.",
        AtlasCloudErrorReason.ApiKeyUnknown =>
            "Check the public ID (ak_...), which New-AtlasApiKey returned and the console shows. A removed key cannot be changed.",
        AtlasCloudErrorReason.ProjectLimitReached =>
            "A team has at most 20 active projects. Archive one that is no longer needed with Close-AtlasProject; Get-AtlasProject lists them.",
        AtlasCloudErrorReason.ProjectNameTaken =>
            $"Run Get-AtlasProject {Quote(exception.Value)} to use the existing project, or choose another name. Archived projects keep their names.",
        AtlasCloudErrorReason.ApiKeyNameTaken =>
            "Choose another name, or remove the key with this name with Remove-AtlasApiKey. If an earlier New-AtlasApiKey failed, it created the key: "
            + "the console shows its public ID, and its secret cannot be read again.",
        AtlasCloudErrorReason.ProjectArchived => "An archived project cannot be changed or restored. Use another project, or create one with New-AtlasProject.",
        AtlasCloudErrorReason.ProjectOutcomeUnknown =>
            $"Do not create it again at once. Run Get-AtlasProject {Quote(exception.Value)} to see whether it exists now.",
        AtlasCloudErrorReason.ApiKeyOutcomeUnknown =>
            "Do not create it again at once. Check in the console whether the key exists: its secret is lost, so remove it with Remove-AtlasApiKey and its public ID, then create it again.",
        AtlasCloudErrorReason.ManagementOutcomeUnknown => "Run the command again: repeating this change has no further effect.",
        AtlasCloudErrorReason.AlertWithoutMonthlyLimit => "Specify -MonthlyLimit too, or -UsageAlertPercent 0 to remove the alert.",
        AtlasCloudErrorReason.ManagementInputInvalid => "Correct the value in the message.",
        _ => null,
    };
}
