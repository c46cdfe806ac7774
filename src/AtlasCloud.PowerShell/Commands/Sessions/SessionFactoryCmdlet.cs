using System.Management.Automation;
using System.Security;
using AtlasCloud.PowerShell.Pipeline;
using AtlasCloud.PowerShell.Transformations;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>The parameters of a new session, shared by New-AtlasSession and Connect-Atlas.</summary>
public abstract partial class SessionFactoryCmdlet : AtlasCloudCmdlet
{
    private protected const string KeySet = "Key";
    private protected const string SecretSet = "Secret";
    private protected const string EmulatorSet = "Emulator";
    private protected const string InputObjectSet = "InputObject";

    /// <summary>The API key. A plain string is accepted with a warning. Default: the environment variable ATLASCLOUD_API_KEY.</summary>
    [Parameter(ParameterSetName = KeySet)]
    [ApiKeyTransformation]
    [ValidateNotNull]
    public SecureString? ApiKey { get; set; }

    /// <summary>The name of a secret that contains the API key, which is read with Get-Secret.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SecretSet, HelpMessage = "The name of a secret that contains the API key.")]
    [ValidateNotNullOrEmpty]
    public string? SecretName { get; set; }

    /// <summary>The vault that contains the secrets. Default: the default vault.</summary>
    [Parameter(ParameterSetName = KeySet)]
    [Parameter(ParameterSetName = SecretSet)]
    [ValidateNotNullOrEmpty]
    public string? Vault { get; set; }

    /// <summary>The management key (mgmt-…), for projects and API keys. Default: the environment variable ATLASCLOUD_MANAGEMENT_API_KEY.</summary>
    [Parameter(ParameterSetName = KeySet)]
    [Parameter(ParameterSetName = SecretSet)]
    [ApiKeyTransformation]
    [ValidateNotNull]
    public SecureString? ManagementKey { get; set; }

    /// <summary>The name of a secret that contains the management key, which is read with Get-Secret.</summary>
    [Parameter(ParameterSetName = KeySet)]
    [Parameter(ParameterSetName = SecretSet)]
    [ValidateNotNullOrEmpty]
    public string? ManagementSecretName { get; set; }

    /// <summary>Uses an emulator on this machine, and starts one if none is running. Needs no API key, and nothing is charged.</summary>
    [Parameter(Mandatory = true, ParameterSetName = EmulatorSet)]
    public SwitchParameter Emulator { get; set; }

    /// <summary>The emulator to use, as Start-AtlasEmulator returned it.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = InputObjectSet, ValueFromPipeline = true)]
    [ValidateNotNull]
    public Emulator? InputObject { get; set; }

    /// <summary>The origin of the media and billing endpoints. Default: the environment variable ATLASCLOUD_BASE_URL, or else https://api.atlascloud.ai/.</summary>
    [Parameter(ParameterSetName = KeySet)]
    [Parameter(ParameterSetName = SecretSet)]
    [ValidateNotNull]
    public Uri? BaseUri { get; set; }

    /// <summary>The origin of the language model endpoints. Default: -BaseUri.</summary>
    [Parameter(ParameterSetName = KeySet)]
    [Parameter(ParameterSetName = SecretSet)]
    [ValidateNotNull]
    public Uri? LlmBaseUri { get; set; }

    /// <summary>The origin of the asset library. Default: https://console.atlascloud.ai/, or -BaseUri if that is not the default.</summary>
    [Parameter(ParameterSetName = KeySet)]
    [Parameter(ParameterSetName = SecretSet)]
    [ValidateNotNull]
    public Uri? AssetBaseUri { get; set; }

    // The settings below are not available with an existing session, which they would not change.
    /// <summary>Polling interval per prediction. Default: it depends on the kind and the age of the prediction.</summary>
    [Parameter(ParameterSetName = KeySet)]
    [Parameter(ParameterSetName = SecretSet)]
    [Parameter(ParameterSetName = EmulatorSet)]
    [Parameter(ParameterSetName = InputObjectSet)]
    [ValidateNotNull]
    [TimeSpanTransformation]
    public TimeSpan? PollInterval { get; set; }

    /// <summary>Timeout per prediction. Default: 5 minutes for images, 10 for audio, 30 for video and 3D.</summary>
    [Parameter(ParameterSetName = KeySet)]
    [Parameter(ParameterSetName = SecretSet)]
    [Parameter(ParameterSetName = EmulatorSet)]
    [Parameter(ParameterSetName = InputObjectSet)]
    [ValidateNotNull]
    [TimeSpanTransformation]
    public TimeSpan? PollTimeout { get; set; }

    /// <summary>Timeout of one request. Default: 60 s.</summary>
    [Parameter(ParameterSetName = KeySet)]
    [Parameter(ParameterSetName = SecretSet)]
    [Parameter(ParameterSetName = EmulatorSet)]
    [Parameter(ParameterSetName = InputObjectSet)]
    [ValidateNotNull]
    [TimeSpanTransformation]
    public TimeSpan? RequestTimeout { get; set; }

    /// <summary>The maximum number of retries of a request that may be retried. Default: 3.</summary>
    [Parameter(ParameterSetName = KeySet)]
    [Parameter(ParameterSetName = SecretSet)]
    [Parameter(ParameterSetName = EmulatorSet)]
    [Parameter(ParameterSetName = InputObjectSet)]
    [ValidateRange(0, 20)]
    [NumberTransformation(typeof(int))]
    public int? MaximumRetryCount { get; set; }

    /// <summary>The maximum number of concurrent submits, polls or downloads. Default: 16.</summary>
    [Parameter(ParameterSetName = KeySet)]
    [Parameter(ParameterSetName = SecretSet)]
    [Parameter(ParameterSetName = EmulatorSet)]
    [Parameter(ParameterSetName = InputObjectSet)]
    [ValidateRange(1, 256)]
    [NumberTransformation(typeof(int))]
    public int? ThrottleLimit { get; set; }

    /// <summary>The most that may be spent with this session, in US dollars. Default: no limit.</summary>
    [Parameter(ParameterSetName = KeySet)]
    [Parameter(ParameterSetName = SecretSet)]
    [Parameter(ParameterSetName = EmulatorSet)]
    [Parameter(ParameterSetName = InputObjectSet)]
    [ValidateRange(0.0, 1e12)]
    [NumberTransformation(typeof(decimal))]
    public decimal? Budget { get; set; }

    /// <summary>The journal file, which contains each billable request; an empty string for none. Default: the journal of the user.</summary>
    [Parameter(ParameterSetName = KeySet)]
    [Parameter(ParameterSetName = SecretSet)]
    [Parameter(ParameterSetName = EmulatorSet)]
    [Parameter(ParameterSetName = InputObjectSet)]
    [AllowEmptyString]
    public string? JournalPath { get; set; }

    /// <summary>Stores prompts and requests in the journal. Default: only a digest of each request.</summary>
    [Parameter(ParameterSetName = KeySet)]
    [Parameter(ParameterSetName = SecretSet)]
    [Parameter(ParameterSetName = EmulatorSet)]
    [Parameter(ParameterSetName = InputObjectSet)]
    public SwitchParameter JournalPrompt { get; set; }

    /// <summary>The proxy. Default: the proxy of the system, which is not used for loopback.</summary>
    [Parameter(ParameterSetName = KeySet)]
    [Parameter(ParameterSetName = SecretSet)]
    [Parameter(ParameterSetName = EmulatorSet)]
    [Parameter(ParameterSetName = InputObjectSet)]
    [ValidateNotNull]
    public Uri? Proxy { get; set; }

    /// <summary>The user name and password for the proxy. Default: those in the address of the proxy.</summary>
    [Parameter(ParameterSetName = KeySet)]
    [Parameter(ParameterSetName = SecretSet)]
    [Parameter(ParameterSetName = EmulatorSet)]
    [Parameter(ParameterSetName = InputObjectSet)]
    [Credential]
    [ValidateNotNull]
    public PSCredential? ProxyCredential { get; set; }

    /// <summary>Authenticates to the proxy as the current user if it requires it and there is no other user name.</summary>
    [Parameter(ParameterSetName = KeySet)]
    [Parameter(ParameterSetName = SecretSet)]
    [Parameter(ParameterSetName = EmulatorSet)]
    [Parameter(ParameterSetName = InputObjectSet)]
    public SwitchParameter ProxyUseDefaultCredentials { get; set; }
}
