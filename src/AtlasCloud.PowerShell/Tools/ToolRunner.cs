using System.Collections.ObjectModel;
using System.Collections.Specialized;
using System.Management.Automation;

namespace AtlasCloud.PowerShell.Tools;

/// <summary>Runs tools on the pipeline thread, and puts what they return into text for the model.</summary>
internal sealed class ToolRunner(CommandInvocationIntrinsics engine)
{
    private const string Script = """
        param($Command, $Arguments)
        $ErrorActionPreference = 'Stop'
        $result = @(& $Command @Arguments)
        if ($result.Count -eq 1 -and $result[0] -is [string]) { $result[0] }
        elseif ($result.Count -eq 0) { '' }
        elseif ($result.Count -eq 1) { ConvertTo-Json -InputObject $result[0] -Depth 5 -Compress -WarningAction Ignore }
        else { ConvertTo-Json -InputObject $result -Depth 5 -Compress -WarningAction Ignore }
        """;

    private const int LongestResult = 100_000;

    /// <summary>Runs a tool.</summary>
    /// <returns>The text for the model, and whether the tool failed. A failing tool does not end the chat: the model is told.</returns>
    internal (string Text, bool IsError) Run(AtlasTool tool, OrderedDictionary arguments)
    {
        try
        {
            System.Collections.Hashtable splat = new(StringComparer.OrdinalIgnoreCase);
            foreach (System.Collections.DictionaryEntry argument in arguments)
            {
                splat[argument.Key] = argument.Value;
            }

            Collection<PSObject> result = engine.InvokeScript(
                Script, useNewScope: true, System.Management.Automation.Runspaces.PipelineResultTypes.None, null, tool.Command, splat);
            string text = string.Join("\n", result.Select(r => r?.ToString()));
            return (text.Length <= LongestResult ? text : text[..LongestResult] + "\n(cut)", false);
        }
        catch (RuntimeException failure) when (failure is not PipelineStoppedException)
        {
            return ($"The tool failed: {failure.ErrorRecord?.ToString() ?? failure.Message}", true);
        }
    }
}
