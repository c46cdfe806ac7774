using System.Management.Automation;
using System.Net;
using System.Security;
using AtlasCloud.PowerShell.Binding;
using AtlasCloud.PowerShell.Pipeline;
using AtlasCloud.PowerShell.Sessions;
using AtlasCloud.PowerShell.Transformations;

namespace AtlasCloud.PowerShell.Commands;

/// <content>Creates the session that the parameters describe.</content>
public abstract partial class SessionFactoryCmdlet
{
    private protected Session CreateSession()
    {
        TimeSpanGuard.RequirePositive(PollInterval, nameof(PollInterval));
        TimeSpanGuard.RequirePositive(PollTimeout, nameof(PollTimeout));
        TimeSpanGuard.RequirePositive(RequestTimeout, nameof(RequestTimeout));
        Emulator? emulator = UsesEmulator ? GetEmulator() : null;
        (string? key, string? source) = emulator is not null ? (emulator.ApiKey, SessionKey.EmulatorSource) : FindKey();
        (string? managementKey, string? managementSource) = emulator is not null ? (emulator.ManagementKey, SessionKey.EmulatorSource) : FindManagementKey();
        Uri address = emulator?.BaseUri ?? BaseUri ?? SessionKey.ResolveBaseUri(SessionKey.AddressFromEnvironment());
        AtlasCloudOptions defaults = new();
        AtlasCloudOptions options = new()
        {
            ApiKey = key,
            ManagementKey = managementKey,
            BaseUri = address,
            LlmBaseUri = LlmBaseUri,
            AssetBaseUri = AssetBaseUri,
            PollInterval = PollInterval,
            PollTimeout = PollTimeout,
            RequestTimeout = RequestTimeout ?? defaults.RequestTimeout,
            MaximumRetryCount = MaximumRetryCount ?? defaults.MaximumRetryCount,
            ThrottleLimit = ThrottleLimit ?? CommandDefaults.Get(WriteWarning).ThrottleLimit ?? defaults.ThrottleLimit,
            Budget = Budget,
            CacheFolder = UserFolders.FromEnvironment().Cache,
            JournalPath = JournalPath is null ? SessionFiles.FindJournal(address) : JournalPath.Length == 0 ? null : FilePattern.ResolveLiteral(SessionState.Path, nameof(JournalPath), JournalPath),
            RecordPrompts = JournalPrompt,
            Proxy = Proxy,
            ProxyCredential = ProxyCredential?.GetNetworkCredential(),
            UseDefaultProxyCredentials = ProxyUseDefaultCredentials,
            UserAgent = SessionKey.UserAgent,
        };
        return SessionWork.Current.Add(new Session(options, source)
        {
            SecretName = SecretName,
            Vault = Vault,
            ManagementKeySource = managementSource,
            ManagementSecretName = ManagementSecretName,
            LacksJournalFolder = JournalPath is null && options.JournalPath is null,
        });
    }

    private protected bool UsesEmulator => Emulator.IsPresent || InputObject is not null;

    private Emulator GetEmulator() =>
        InputObject ?? RunningEmulators.Current.All.LastOrDefault() ?? RunningEmulators.Current.Start(new EmulatorOptions());

    private (string? Key, string? Source) FindKey()
    {
        if (ApiKey is not null)
        {
            return (ReadKey(ApiKey, nameof(ApiKey), nameof(SecretName), "ATLASCLOUD_API_KEY"), "-ApiKey");
        }

        if (SecretName is not null)
        {
            SecretVault vault = new(InvokeCommand, Vault);
            return (vault.Read(nameof(SecretName), SecretName), vault.Describe(SecretName));
        }

        return SessionKey.FromEnvironment() is (string name, string key) ? (key, $"$env:{name}") : (null, null);
    }

    private (string? Key, string? Source) FindManagementKey()
    {
        if (ManagementKey is not null)
        {
            return ManagementSecretName is not null
                ? throw CmdletErrors.TwoManagementKeys()
                : (ReadKey(ManagementKey, nameof(ManagementKey), nameof(ManagementSecretName), SessionKey.ManagementVariable), "-ManagementKey");
        }

        if (ManagementSecretName is not null)
        {
            SecretVault vault = new(InvokeCommand, Vault);
            return (vault.Read(nameof(ManagementSecretName), ManagementSecretName), vault.Describe(ManagementSecretName));
        }

        return Vault is not null && SecretName is null ? throw CmdletErrors.VaultWithoutSecret()
            : SessionKey.ManagementFromEnvironment() is string key ? (key, SessionKey.ManagementSource)
            : (null, null);
    }

    private string ReadKey(SecureString key, string parameter, string secretParameter, string variable)
    {
        if (ApiKeyTransformationAttribute.IsPlainText(key))
        {
            string what = parameter == nameof(ApiKey) ? "API key" : "management key";
            WriteWarning($"The {what} was specified as plain text, which can end up in histories and logs. Use -{parameter} (Read-Host -AsSecureString), -{secretParameter}, or $env:{variable} instead.");
        }

        return new NetworkCredential("", key).Password;
    }
}
