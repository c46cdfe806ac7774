using System.Management.Automation;

namespace AtlasCloud.Bench.EmptyModule;

/// <summary>Does nothing.</summary>
[Cmdlet(VerbsCommon.Get, "Nothing")]
public sealed class GetNothingCommand : PSCmdlet
{
    /// <summary>A parameter with as many completions as the catalog has models.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NumberCompleter))]
    public string? Model { get; set; }
}
