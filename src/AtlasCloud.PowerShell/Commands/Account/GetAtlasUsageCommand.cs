using System.Management.Automation;
using AtlasCloud.PowerShell.Completers;
using AtlasCloud.PowerShell.Transformations;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Returns the usage by day, or the settled usage of projects or API keys.</summary>
[Cmdlet(VerbsCommon.Get, "AtlasUsage", DefaultParameterSetName = DaySet)]
[OutputType(typeof(UsageRow), ParameterSetName = [DaySet])]
[OutputType(typeof(SettledUsage), ParameterSetName = [ProjectSet, ApiKeySet])]
public sealed class GetAtlasUsageCommand : BillingCmdlet
{
    private const string ProjectSet = "Project";
    private const string ApiKeySet = "ApiKey";

    private static readonly TimeSpan s_defaultTime = TimeSpan.FromDays(30);

    private ProjectNames? _projects;

    /// <summary>Projects, or their names or IDs. Needs a management key.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ProjectSet, HelpMessage = "A project, or its name or ID.")]
    [ArgumentCompleter(typeof(ProjectCompleter))]
    [ManagedIdTransformation("ProjectId", "Id")]
    [ValidateNotNullOrEmpty]
    public string[] Project { get; set; } = [];

    /// <summary>API keys as New-AtlasApiKey returned them, or their public IDs (ak_…). Needs a management key.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ApiKeySet, HelpMessage = "An API key, or its public ID (ak_...).")]
    [ManagedIdTransformation("ApiKeyId", "Id")]
    [ValidateNotNullOrEmpty]
    public string[] ApiKeyId { get; set; } = [];

    private protected override bool NeedsKey => ParameterSetName == DaySet;

    /// <inheritdoc/>
    protected override void BeginInput()
    {
        base.BeginInput();
        if (!NeedsKey && !Client.Options.HasManagementKey)
        {
            throw NoManagementKey();
        }

        _projects = new ProjectNames(() => Run(Client.Management.ListProjectsAsync));
    }

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        if (ParameterSetName == DaySet)
        {
            Write(Client.Account.ListUsageAsync(CreateQuery(), StoppingToken));
            return;
        }

        // Without an end, the current hour is included.
        DateTimeOffset to = To is DateTime last ? ToUtc(last) : Clock.GetUtcNow();
        DateTimeOffset from = From is DateTime first ? ToUtc(first) : to - s_defaultTime;
        ForEach(Project, name =>
        {
            string id = _projects!.ResolveId(name);
            WriteObject(Run(stopping => Client.Management.GetProjectUsageAsync(id, from, to, stopping)));
        });
        ForEach(ApiKeyId, id => WriteObject(Run(stopping => Client.Management.GetApiKeyUsageAsync(id, from, to, stopping))));
    }

    private static DateTimeOffset ToUtc(DateTime time) =>
        new(time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : DateTime.SpecifyKind(time, DateTimeKind.Utc));
}
