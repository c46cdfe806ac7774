using System.Management.Automation;
using AtlasCloud.Mcp;
using AtlasCloud.PowerShell.Binding;
using AtlasCloud.PowerShell.Pipeline;
using AtlasCloud.PowerShell.Transformations;
using Microsoft.Win32.SafeHandles;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Serves the module to an assistant over the Model Context Protocol, within limits that the assistant cannot change.</summary>
[Cmdlet(VerbsLifecycle.Start, "AtlasMcpServer")]
[OutputType(typeof(void))]
public sealed class StartAtlasMcpServerCommand : SessionCmdlet
{
    /// <summary>The most that the server may spend, in US dollars. Default: the budget of the session. One of them is required, unless -ReadOnly is specified.</summary>
    [Parameter]
    [ValidateRange(0.0, 1e12)]
    [NumberTransformation(typeof(decimal))]
    public decimal? Budget { get; set; }

    /// <summary>The maximum cost of one request, in US dollars. Default: the budget.</summary>
    [Parameter]
    [ValidateRange(0.0, 1e12)]
    [NumberTransformation(typeof(decimal))]
    public decimal? MaxCost { get; set; }

    /// <summary>The price in US dollars above which the assistant must ask the user, and repeat the price as a confirmation. Default: none, no confirmation is needed.</summary>
    [Parameter]
    [ValidateRange(0.0, 1e12)]
    [NumberTransformation(typeof(decimal))]
    public decimal? ConfirmAbove { get; set; }

    /// <summary>The folder that results can be saved to. It is created if it does not exist. Default: none, and no file can be saved.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? OutputRoot { get; set; }

    /// <summary>The folder that input files are read from. Default: none, and no file can be read.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? InputRoot { get; set; }

    /// <summary>Offers only tools that cost nothing and upload nothing.</summary>
    [Parameter]
    public SwitchParameter ReadOnly { get; set; }

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        if (!ReadOnly && Budget is null && Client.Budget.Limit is null)
        {
            throw CmdletErrors.McpWithoutBudget();
        }

        if (Budget is not null && Client.Budget.Limit is not null)
        {
            throw CmdletErrors.McpWithTwoBudgets();
        }

        if (!Console.IsInputRedirected)
        {
            throw CmdletErrors.McpWithoutClient();
        }

        string? output = OutputRoot is null ? null : Directory.CreateDirectory(FilePattern.ResolveLiteral(SessionState.Path, nameof(OutputRoot), OutputRoot)).FullName;
        string? input = InputRoot is null ? null : FilePattern.ResolveLiteral(SessionState.Path, nameof(InputRoot), InputRoot);
        if (input is not null && !Directory.Exists(input))
        {
            throw CmdletErrors.McpFolderMissing(nameof(InputRoot), input);
        }

        AtlasMcpOptions options = new() { MaxCost = MaxCost, ConfirmAbove = ConfirmAbove, OutputRoot = output, InputRoot = input, IsReadOnly = ReadOnly };
        Serve(options);
    }

    private void Serve(AtlasMcpOptions options)
    {
        // The host writes warnings, verbose messages and everything else for the user to the console, whose output is the protocol.
        TextWriter host = Console.Out;
        Console.SetOut(Console.Error);
        try
        {
            WriteVerbose($"The MCP server has started: {(ReadOnly ? "read-only" : FormattableString.Invariant($"budget {Budget ?? Client.Budget.Limit} US dollars"))}.");
            Run(stopping => ServeAsync(options, stopping));
            WriteVerbose("The MCP client has disconnected, and the server has stopped.");
        }
        finally
        {
            Console.SetOut(host);
        }
    }

    private async Task ServeAsync(AtlasMcpOptions options, CancellationToken stopping)
    {
        AtlasCloudClient client = Budget is decimal budget ? Client.WithBudget(budget) : Client;
        try
        {
            AtlasMcpServer server = new(client, options, message => Post(() => WriteWarning(message)));
            await server.RunAsync(Console.OpenStandardInput(), OpenOutput(), stopping).ConfigureAwait(false);
        }
        finally
        {
            if (!ReferenceEquals(client, Client))
            {
                await client.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    // On Linux and macOS, the stream of the console ignores that the reader has closed the pipe, and the server would continue.
    private static Stream OpenOutput() => OperatingSystem.IsWindows()
        ? Console.OpenStandardOutput()
        : new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
}
