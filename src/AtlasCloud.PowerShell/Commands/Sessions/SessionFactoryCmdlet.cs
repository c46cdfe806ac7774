using System.Management.Automation;
using System.Net;
using System.Security;
using AtlasCloud.PowerShell.Binding;
using AtlasCloud.PowerShell.Pipeline;
using AtlasCloud.PowerShell.Sessions;
using AtlasCloud.PowerShell.Transformations;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>The parameters that make a session, shared by New-AtlasSession and Connect-Atlas.</summary>
public abstract class SessionFactoryCmdlet : AtlasCloudCmdlet
{
    private protected const string KeySet = "Key";
    private protected const string SecretSet = "Secret";
    private protected const string EmulatorSet = "Emulator";
    private protected const string InputObjectSet = "InputObject";

    /// <summary>The key. A plain string is taken with a warning.</summary>
    [Parameter(ParameterSetName = KeySet)]
    [ApiKeyTransformation]
    [ValidateNotNull]
    public SecureString? ApiKey { get; set; }

    /// <summary>The name of a secret that holds the key, read with Get-Secret.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SecretSet, HelpMessage = "The name of a secret that holds the key.")]
    [ValidateNotNullOrEmpty]
    public string? SecretName { get; set; }

    /// <summary>The vault that the secret is in.</summary>
    [Parameter(ParameterSetName = SecretSet)]
    [ValidateNotNullOrEmpty]
    public string? Vault { get; set; }

    /// <summary>Talk to an emulator on this machine; one is started where none runs. Needs no key and costs nothing.</summary>
    [Parameter(Mandatory = true, ParameterSetName = EmulatorSet)]
    public SwitchParameter Emulator { get; set; }

    /// <summary>The emulator to talk to, as Start-AtlasEmulator returned it.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = InputObjectSet, ValueFromPipeline = true)]
    [ValidateNotNull]
    public Emulator? InputObject { get; set; }

    /// <summary>The origin of the media and billing endpoints.</summary>
    [Parameter(ParameterSetName = KeySet)]
    [Parameter(ParameterSetName = SecretSet)]
    [ValidateNotNull]
    public Uri? BaseUri { get; set; }

    /// <summary>The origin of the language model endpoints, where it is another.</summary>
    [Parameter(ParameterSetName = KeySet)]
    [Parameter(ParameterSetName = SecretSet)]
    [ValidateNotNull]
    public Uri? LlmBaseUri { get; set; }

    /// <summary>Time between two polls of one prediction.</summary>
    [Parameter]
    [ValidateNotNull]
    public TimeSpan? PollInterval { get; set; }

    /// <summary>How long to wait for a prediction.</summary>
    [Parameter]
    [ValidateNotNull]
    public TimeSpan? PollTimeout { get; set; }

    /// <summary>How long one request may take.</summary>
    [Parameter]
    [ValidateNotNull]
    public TimeSpan? RequestTimeout { get; set; }

    /// <summary>How often a request that may be repeated is repeated.</summary>
    [Parameter]
    [ValidateRange(0, 20)]
    public int? MaximumRetryCount { get; set; }

    /// <summary>How many submits, polls or downloads may be in flight together.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    public int? ThrottleLimit { get; set; }

    // Not beside a session that is there already: a limit that does nothing would be worse than none.
    /// <summary>The most that may be spent with this session, in US dollars.</summary>
    [Parameter(ParameterSetName = KeySet)]
    [Parameter(ParameterSetName = SecretSet)]
    [Parameter(ParameterSetName = EmulatorSet)]
    [Parameter(ParameterSetName = InputObjectSet)]
    [ValidateRange(0.0, 1e12)]
    public decimal? Budget { get; set; }

    /// <summary>The file that remembers each billable request; an empty text for none.</summary>
    [Parameter(ParameterSetName = KeySet)]
    [Parameter(ParameterSetName = SecretSet)]
    [Parameter(ParameterSetName = EmulatorSet)]
    [Parameter(ParameterSetName = InputObjectSet)]
    [AllowEmptyString]
    public string? JournalPath { get; set; }

    /// <summary>Write prompts into the journal as well, which keeps a digest of each request otherwise.</summary>
    [Parameter(ParameterSetName = KeySet)]
    [Parameter(ParameterSetName = SecretSet)]
    [Parameter(ParameterSetName = EmulatorSet)]
    [Parameter(ParameterSetName = InputObjectSet)]
    public SwitchParameter JournalPrompt { get; set; }

    /// <summary>The proxy to use.</summary>
    [Parameter]
    [ValidateNotNull]
    public Uri? Proxy { get; set; }

    private protected Session MakeSession()
    {
        TimeSpanGuard.RequirePositive(PollInterval, nameof(PollInterval));
        TimeSpanGuard.RequirePositive(PollTimeout, nameof(PollTimeout));
        TimeSpanGuard.RequirePositive(RequestTimeout, nameof(RequestTimeout));
        Emulator? emulator = UsesEmulator ? EmulatorToUse() : null;
        (string? key, string? source) = emulator is not null ? (emulator.ApiKey, "the emulator") : FindKey();
        Uri address = emulator?.BaseUri ?? BaseUri ?? SessionKey.BaseUri(SessionKey.AddressFromEnvironment());
        AtlasCloudOptions defaults = new();
        AtlasCloudOptions options = new()
        {
            ApiKey = key,
            BaseUri = address,
            LlmBaseUri = LlmBaseUri,
            PollInterval = PollInterval,
            PollTimeout = PollTimeout,
            RequestTimeout = RequestTimeout ?? defaults.RequestTimeout,
            MaximumRetryCount = MaximumRetryCount ?? defaults.MaximumRetryCount,
            ThrottleLimit = ThrottleLimit ?? defaults.ThrottleLimit,
            Budget = Budget,
            CacheFolder = UserFolders.FromEnvironment().Cache,
            JournalPath = JournalPath is null ? SessionFiles.JournalOf(address) : JournalPath.Length == 0 ? null : SessionState.Path.GetUnresolvedProviderPathFromPSPath(JournalPath),
            RecordPrompts = JournalPrompt,
            Proxy = Proxy,
            UserAgent = SessionKey.UserAgent,
        };
        return SessionWork.Current.Add(new Session(options, source));
    }

    private protected bool UsesEmulator => Emulator.IsPresent || InputObject is not null;

    private Emulator EmulatorToUse() =>
        InputObject ?? RunningEmulators.Current.All.LastOrDefault() ?? RunningEmulators.Current.Start(new EmulatorOptions());

    private (string? Key, string? Source) FindKey()
    {
        if (ApiKey is not null)
        {
            if (ApiKeyTransformationAttribute.IsPlainText(ApiKey))
            {
                WriteWarning("The key was given as plain text, which ends up in histories and logs. Better: -ApiKey (Read-Host -AsSecureString), -SecretName, or $env:ATLASCLOUD_API_KEY.");
            }

            return (new NetworkCredential("", ApiKey).Password, "-ApiKey");
        }

        if (SecretName is not null)
        {
            return (ReadSecret(), Vault is null ? $"secret '{SecretName}'" : $"secret '{SecretName}' in '{Vault}'");
        }

        return SessionKey.FromEnvironment() is (string name, string key) ? (key, $"$env:{name}") : (null, null);
    }

    private string ReadSecret()
    {
        if (InvokeCommand.GetCommand("Get-Secret", CommandTypes.Cmdlet | CommandTypes.Function) is not CommandInfo command)
        {
            throw new AtlasCloudException(AtlasCloudErrorKind.NoSession, "-SecretName needs the command Get-Secret, which is not there.")
            {
                RecommendedAction = "Install-PSResource Microsoft.PowerShell.SecretManagement, or use -ApiKey.",
            };
        }

        object? secret = InvokeCommand.InvokeScript(
            "param($Command, $Name, $Vault) if ($Vault) { & $Command -Name $Name -Vault $Vault } else { & $Command -Name $Name }",
            command,
            SecretName,
            Vault).FirstOrDefault()?.BaseObject;
        return secret switch
        {
            SecureString secure => new NetworkCredential("", secure).Password,
            PSCredential credential => credential.GetNetworkCredential().Password,
            string text => text,
            _ => throw new AtlasCloudException(AtlasCloudErrorKind.NoSession, $"The secret '{SecretName}' holds no text."),
        };
    }
}
