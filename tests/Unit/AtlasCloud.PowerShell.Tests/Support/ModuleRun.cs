using System.Management.Automation;
using System.Text.Json.Nodes;

namespace AtlasCloud.PowerShell.Tests.Support;

/// <summary>What a script with commands of the module returned, and what the emulator received.</summary>
/// <param name="Output">The objects.</param>
/// <param name="Errors">The errors, including one that ended the script.</param>
/// <param name="Warnings">The warnings.</param>
/// <param name="Bodies">The bodies of the requests that bill, in the order of arrival.</param>
/// <param name="Quotes">The bodies of the requests for a price.</param>
internal sealed record ModuleRun(IReadOnlyList<PSObject> Output, IReadOnlyList<ErrorRecord> Errors, IReadOnlyList<string> Warnings, IReadOnlyList<JsonObject> Bodies, IReadOnlyList<JsonObject> Quotes)
{
    internal JsonObject Body => Assert.Single(Bodies);

    /// <summary>The only error, of a script that submitted nothing.</summary>
    internal ErrorRecord Refusal
    {
        get
        {
            Assert.Empty(Bodies);
            return Assert.Single(Errors);
        }
    }

    /// <summary>The value of a member of the only body, as text; null if the body has none.</summary>
    internal string? this[string member] => Body[member]?.ToJsonString().Trim('"');

    internal ModuleRun WithoutErrors()
    {
        Assert.Empty(Errors.Select(e => e.ToString()));
        return this;
    }

    internal ModuleRun WithoutWarnings()
    {
        Assert.Empty(Warnings);
        return WithoutErrors();
    }
}
