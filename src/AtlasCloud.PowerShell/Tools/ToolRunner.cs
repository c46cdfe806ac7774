using System.Collections;
using System.Collections.ObjectModel;
using System.Collections.Specialized;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace AtlasCloud.PowerShell.Tools;

/// <summary>Runs tools on the pipeline thread and converts their output to text for the model.</summary>
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

    private const int MaxResultLength = 100_000;

    /// <summary>Runs a tool.</summary>
    /// <returns>The output, or the error of a tool that failed: the model gets it as the result, and the chat continues.</returns>
    internal ChatToolResult Run(AtlasTool tool, OrderedDictionary arguments)
    {
        try
        {
            Hashtable splat = new(StringComparer.OrdinalIgnoreCase);
            foreach (DictionaryEntry argument in arguments)
            {
                splat[argument.Key] = argument.Value;
            }

            Collection<PSObject> result = engine.InvokeScript(
                Script, useNewScope: true, PipelineResultTypes.None, null, tool.Command, splat);
            string text = string.Join("\n", result.Select(r => r?.ToString()));
            return new ChatToolResult(text.Length <= MaxResultLength ? text : text[..MaxResultLength] + "\n(truncated)");
        }
        catch (RuntimeException failure) when (failure is not PipelineStoppedException)
        {
            return new ChatToolResult($"The tool failed: {failure.ErrorRecord?.ToString() ?? failure.Message}", IsError: true);
        }
    }
}
