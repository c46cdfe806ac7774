using System.Management.Automation;
using System.Net;
using AtlasCloud.PowerShell.Completers;
using AtlasCloud.PowerShell.Pipeline;
using AtlasCloud.PowerShell.Sessions;
using AtlasCloud.PowerShell.Transformations;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Creates an API key of a project, and returns or stores its secret, which cannot be read again.</summary>
[Cmdlet(VerbsCommon.New, "AtlasApiKey", DefaultParameterSetName = ObjectSet, SupportsShouldProcess = true)]
[OutputType(typeof(ApiKey))]
public sealed class NewAtlasApiKeyCommand : ManagementCmdlet
{
    private const string ObjectSet = "Object";
    private const string VaultSet = "Vault";

    /// <summary>The name, from 1 to 128 characters. It must be unique in the account, without regard to case.</summary>
    [Parameter(Mandatory = true, Position = 0, HelpMessage = "The name of the API key.")]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "";

    /// <summary>The project, or its name or ID. It must be active.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, HelpMessage = "A project, or its name or ID.")]
    [ArgumentCompleter(typeof(ProjectCompleter))]
    [ManagedIdTransformation("ProjectId", "Id")]
    [ValidateNotNullOrEmpty]
    public string Project { get; set; } = "";

    /// <summary>The most that the key may spend, in US dollars: per -Period, or in total without it. Default: no limit.</summary>
    [Parameter]
    [NumberTransformation(typeof(decimal))]
    public decimal? Allowance { get; set; }

    /// <summary>The period of -Allowance, by UTC; weeks start on Monday. Default: none, the amount counts in total.</summary>
    [Parameter]
    [ValidateSet("Day", "Week", "Month")]
    public string? Period { get; set; }

    /// <summary>Adds the secret as plain text to the output, as PlainTextSecret.</summary>
    [Parameter(ParameterSetName = ObjectSet)]
    public SwitchParameter AsPlainText { get; set; }

    /// <summary>The name under which the secret is stored in a vault, with Set-Secret. The output does not contain it then.</summary>
    [Parameter(Mandatory = true, ParameterSetName = VaultSet, HelpMessage = "The name under which the secret is stored.")]
    [ValidateNotNullOrEmpty]
    public string? SaveTo { get; set; }

    /// <summary>The vault for -SaveTo. Default: the default vault.</summary>
    [Parameter(ParameterSetName = VaultSet)]
    [ValidateNotNullOrEmpty]
    public string? Vault { get; set; }

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        KeyAllowance? allowance = AllowanceInput.Create(Allowance, Period);
        string project = Projects.ResolveId(Project);
        SecretVault vault = new(InvokeCommand, Vault);
        if (SaveTo is not null)
        {
            // A secret that cannot be stored would be lost, so this comes first.
            vault.EnsureWritable(SaveTo);
        }

        if (!ShouldProcess(Name, $"Create API key in project {Project} with allowance {allowance ?? KeyAllowance.Unlimited}"))
        {
            return;
        }

        ApiKey key = Run(stopping => Management.CreateApiKeyAsync(Name, project, stopping));
        AtlasCloudException? failure = null;
        try
        {
            key = SaveTo is null ? key : SaveSecret(vault, key);
            key = allowance is null ? key : SetAllowance(key, allowance);
        }
        catch (AtlasCloudException exception)
        {
            // The key exists: its output is the only place of its ID, and perhaps of its secret.
            failure = exception;
        }

        WriteObject(AsPlainText ? WithPlainText(key) : key);
        if (failure is not null)
        {
            WriteFailure(failure, key.Id);
        }
    }

    private ApiKey SaveSecret(SecretVault vault, ApiKey key)
    {
        vault.Write(SaveTo!, key.Secret!);
        WriteVerbose($"Stored the secret of {key.Id} as '{SaveTo}'.");
        return key with { Secret = null };
    }

    private ApiKey SetAllowance(ApiKey key, KeyAllowance allowance)
    {
        try
        {
            return Run(stopping => Management.SetAllowanceAsync(key.Id, allowance, stopping)) with { Secret = key.Secret };
        }
        catch (AtlasCloudException exception)
        {
            throw CmdletErrors.AllowanceNotSet(key.Id, exception);
        }
    }

    private static PSObject WithPlainText(ApiKey key)
    {
        PSObject shown = new(key);
        shown.TypeNames.Insert(0, "AtlasCloud.ApiKey#PlainText");
        shown.Properties.Add(new PSNoteProperty("PlainTextSecret", new NetworkCredential("", key.Secret).Password));
        return shown;
    }
}
