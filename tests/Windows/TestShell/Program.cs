using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using System.Text;
using Engine = System.Management.Automation.PowerShell;

namespace AtlasCloud.TestShell;

/// <summary>Runs a script file or a command and exits with its exit code, as <c>pwsh -File</c> and <c>pwsh -Command</c> do.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        if (arguments is ["-s", ..])
        {
            return RunServer(arguments);
        }

        Console.OutputEncoding = Console.InputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        CommandLine line = CommandLine.Parse(arguments);
        ConsoleHost host = new();
        using Runspace runspace = RunspaceFactory.CreateRunspace(host, InitialSessionState.CreateDefault());
        runspace.Open();
        Runspace.DefaultRunspace = runspace;
        using Engine shell = Engine.Create();
        shell.Runspace = runspace;
        line.AddTo(shell);
        shell.Commands.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        shell.AddCommand("Out-Default");
        try
        {
            shell.Invoke();
        }
        catch (RuntimeException exception)
        {
            Console.Error.WriteLine(exception.ErrorRecord.ToString());
            return host.ExitCode ?? 1;
        }

        return host.ExitCode ?? (line.IsFile || !shell.HadErrors ? LastExitCode(runspace) : 1);
    }

    // The server of a background job uses no console, so PowerShell's own host can run it.
    private static int RunServer(string[] arguments) => (int)Assembly.Load("Microsoft.PowerShell.ConsoleHost")
        .GetType("Microsoft.PowerShell.UnmanagedPSEntry", throwOnError: true)!
        .GetMethod("Start", [typeof(string[]), typeof(int)])!
        .Invoke(null, [arguments, arguments.Length])!;

    private static int LastExitCode(Runspace runspace) =>
        Convert.ToInt32(runspace.SessionStateProxy.GetVariable("LASTEXITCODE") ?? 0, CultureInfo.InvariantCulture);
}
