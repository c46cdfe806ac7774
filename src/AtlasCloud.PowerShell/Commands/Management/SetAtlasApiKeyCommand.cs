using System.Management.Automation;
using AtlasCloud.PowerShell.Pipeline;
using AtlasCloud.PowerShell.Transformations;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Replaces the allowance of API keys. The secret, the state and the usage of the key are kept.</summary>
[Cmdlet(VerbsCommon.Set, "AtlasApiKey", DefaultParameterSetName = AllowanceSet, SupportsShouldProcess = true)]
[OutputType(typeof(ApiKey))]
public sealed class SetAtlasApiKeyCommand : ManagementCmdlet
{
    private const string AllowanceSet = "Allowance";
    private const string UnlimitedSet = "Unlimited";

    /// <summary>API keys as New-AtlasApiKey returned them, or their public IDs (ak_…).</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = "An API key, or its public ID (ak_...).")]
    [Alias("Id")]
    [ManagedIdTransformation("ApiKeyId", "Id")]
    [ValidateNotNullOrEmpty]
    public string[] ApiKeyId { get; set; } = [];

    /// <summary>The most that the key may spend, in US dollars: per -Period, or in total without it.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = AllowanceSet, HelpMessage = "The most that the key may spend, in US dollars.")]
    [NumberTransformation(typeof(decimal))]
    public decimal? Allowance { get; set; }

    /// <summary>The period of -Allowance, by UTC; weeks start on Monday. Default: none, the amount counts from the creation of the key.</summary>
    [Parameter(ParameterSetName = AllowanceSet)]
    [ValidateSet("Day", "Week", "Month")]
    public string? Period { get; set; }

    /// <summary>Removes the allowance, so that only the budget of the project limits the key.</summary>
    [Parameter(Mandatory = true, ParameterSetName = UnlimitedSet)]
    public SwitchParameter Unlimited { get; set; }

    /// <summary>Returns the changed keys.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        KeyAllowance? specified = AllowanceInput.Create(Allowance, Period);
        if (specified is null && !Unlimited)
        {
            throw CmdletErrors.NoAllowanceSpecified();
        }

        KeyAllowance allowance = specified ?? KeyAllowance.Unlimited;
        ForEach(ApiKeyId, id =>
        {
            if (!ShouldProcess(id, $"Set allowance to {allowance}"))
            {
                return;
            }

            ApiKey changed = Run(stopping => Management.SetAllowanceAsync(id, allowance, stopping));
            if (PassThru)
            {
                WriteObject(changed);
            }
        });
    }
}
