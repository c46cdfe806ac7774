using System.Globalization;

namespace AtlasCloud.PowerShell.Pipeline;

internal static partial class CmdletErrors
{
    /// <summary>A command needs a management key and finds none.</summary>
    /// <param name="source">Where the key of the session came from, if the session had one in another process; otherwise null.</param>
    internal static AtlasCloudException NoManagementKey(string? source) => source is null
        ? NoSession("The session has no management key, and no environment variable contains one. Nothing was sent.", ErrorAdvice.ManagementKeyAdvice)
        : NoSession(
            $"The session comes from another process, and its management key ({source}) is not sent with it. Nothing was sent.",
            $"Create the session from $env:{Sessions.SessionKey.ManagementVariable} or with -ManagementSecretName, so that the job can read the key itself.");

    /// <summary>No project has the name.</summary>
    internal static AtlasCloudException ProjectNameUnknown(string name) =>
        new(AtlasCloudErrorKind.ResourceNotFound, $"No project is named '{name}'.") { Reason = AtlasCloudErrorReason.ProjectUnknown, Value = name };

    /// <summary>Several projects have the name without regard to case.</summary>
    internal static AtlasCloudException ProjectNameAmbiguous(string name) => Invalid(
        $"Several projects are named '{name}', without regard to case. Nothing was changed.", "Specify the name in its exact case, or the ID.", "Project", name);

    /// <summary>A budget change contains no change.</summary>
    internal static AtlasCloudException NoLimitSpecified() => Invalid(
        "No limit is specified. Nothing was changed.", "Specify -DailyLimit, -WeeklyLimit, -MonthlyLimit, -TotalLimit or -UsageAlertPercent; 0 removes a limit.", "MonthlyLimit");

    /// <summary>Neither an allowance nor its removal is specified.</summary>
    internal static AtlasCloudException NoAllowanceSpecified() =>
        Invalid("No allowance is specified. Nothing was changed.", "Specify -Allowance, or -Unlimited to remove the limit.", "Allowance");

    /// <summary>A period without an amount.</summary>
    internal static AtlasCloudException PeriodWithoutAllowance() =>
        Invalid("-Period is specified without -Allowance. Nothing was sent.", "Specify -Allowance with the amount for each period.", "Period");

    /// <summary>An allowance of zero or less.</summary>
    internal static AtlasCloudException AllowanceNotPositive(decimal amount) => Invalid(
        string.Create(CultureInfo.InvariantCulture, $"-Allowance must be greater than zero, but is {amount}. Nothing was sent."),
        "Specify an amount in US dollars. To remove the limit, use Set-AtlasApiKey -Unlimited; to stop a key, Disable-AtlasApiKey.",
        "Allowance",
        amount.ToString(CultureInfo.InvariantCulture));

    /// <summary>A key was created, and its allowance could not be set.</summary>
    internal static AtlasCloudException AllowanceNotSet(string keyId, AtlasCloudException cause) => new(
        cause.Kind, $"The API key {keyId} was created, but its allowance was not set, so it is unlimited: {cause.Message}", cause)
    {
        Status = cause.Status,
        RequestId = cause.RequestId,
        ServerMessage = cause.ServerMessage,
        RecommendedAction = $"Run Set-AtlasApiKey {keyId} -Allowance with the amount, or Disable-AtlasApiKey {keyId}. Do not create the key again: its name is taken.",
    };

    /// <summary>The command that stores secrets is not installed.</summary>
    internal static AtlasCloudException SetSecretMissing() => Invalid(
        "-SaveTo requires the command Set-Secret, which is not installed. No key was created.",
        "Run Install-PSResource Microsoft.PowerShell.SecretManagement and register a vault, or omit -SaveTo and use the property Secret of the output.",
        "SaveTo");

    /// <summary>A vault already contains a secret with the name.</summary>
    internal static AtlasCloudException SecretExists(string name) => new(
        AtlasCloudErrorKind.FileExists, $"The vault already contains a secret named '{name}', which would be overwritten. No key was created.")
    {
        RecommendedAction = "Specify another name with -SaveTo, or remove the secret with Remove-Secret first.",
        Input = "SaveTo",
        Value = name,
    };

    /// <summary>A vault did not store the secret.</summary>
    internal static AtlasCloudException SecretNotSaved(string name, Exception cause) => new(
        AtlasCloudErrorKind.UnexpectedReply, $"The API key was created, but the vault did not store its secret as '{name}': {cause.Message}", cause)
    {
        RecommendedAction = "The output contains the secret as SecureString in its property Secret. Store it now: it cannot be read again.",
        Input = "SaveTo",
        Value = name,
    };

    /// <summary>Two ways to the management key are specified.</summary>
    internal static AtlasCloudException TwoManagementKeys() => Invalid(
        "-ManagementKey and -ManagementSecretName are both specified.", "Specify one of them.", "ManagementKey");

    /// <summary>A vault without a secret to read from it.</summary>
    internal static AtlasCloudException VaultWithoutSecret() => Invalid(
        "-Vault is specified without -SecretName or -ManagementSecretName.", "Specify the name of the secret, or omit -Vault.", "Vault");
}
