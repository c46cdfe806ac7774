namespace AtlasCloud.PowerShell.Pipeline;

internal static partial class CmdletErrors
{
    /// <summary>A command needs a key and finds none.</summary>
    /// <param name="isConnectedElsewhere">Whether another runspace of this process is connected.</param>
    internal static AtlasCloudException NoApiKey(bool isConnectedElsewhere) => isConnectedElsewhere
        ? NoSession(
            "No session is specified or connected in this runspace, and no environment variable contains an API key. Nothing was sent.",
            "Another runspace is connected, but each runspace has its own default session. In ForEach-Object -Parallel and in thread jobs, pass a session: "
            + "$session = Get-AtlasSession before, and -Session $using:session in the script block.")
        : NoSession("No session is specified or connected, and no environment variable contains an API key. Nothing was sent.");

    /// <summary>A command needs a key, and its session was created without one.</summary>
    /// <param name="isSpecified">Whether the session is an argument, and not that of the runspace.</param>
    internal static AtlasCloudException SessionWithoutKey(bool isSpecified) => NoSession(
        $"The {(isSpecified ? "specified" : "connected")} session has no API key: none was specified when it was created, and no environment variable contained one. Nothing was sent.",
        $"Set $env:ATLASCLOUD_API_KEY before it is created, or create it with a key: {(isSpecified ? "New-AtlasSession" : "Connect-Atlas")} -ApiKey (Read-Host -AsSecureString). For an emulator, use -Emulator.");

    /// <summary>The runspace has no session.</summary>
    internal static AtlasCloudException NotConnected() => NoSession("No session is connected, and no environment variable contains an API key.");

    /// <summary>There is no key to connect with.</summary>
    internal static AtlasCloudException NoKeyToConnect() =>
        NoSession("No API key is specified, and no environment variable contains one.");

    /// <summary>The command that reads secrets is not installed.</summary>
    internal static AtlasCloudException SecretCommandMissing(string parameter) => NoSession(
        $"-{parameter} requires the command Get-Secret, which is not installed.", "Run Install-PSResource Microsoft.PowerShell.SecretManagement, or specify the key itself.");

    /// <summary>A secret is not text.</summary>
    internal static AtlasCloudException SecretNotText(string? name) =>
        NoSession($"The secret '{name}' does not contain text.", "Store the key as a String, SecureString or PSCredential.");

    /// <summary>The key of a session of another process cannot be read here.</summary>
    internal static AtlasCloudException KeyNotSent(string source) => NoSession(
        $"The session comes from another process, and its API key ({source}) is not sent with it. Nothing was sent.",
        "Create the session from $env:ATLASCLOUD_API_KEY or with -SecretName, so that the job can read the key itself.");

    /// <summary>An MCP server would offer paid tools without a limit.</summary>
    internal static AtlasCloudException McpWithoutBudget() => new(
        AtlasCloudErrorKind.InvalidParameter, "An MCP server with paid tools needs a budget, and neither the command nor the session has one. The server was not started.")
    {
        RecommendedAction = "Specify -Budget, the most that the server may spend in US dollars, or -ReadOnly for a server without paid tools.",
    };

    /// <summary>Two budgets are specified for an MCP server.</summary>
    internal static AtlasCloudException McpWithTwoBudgets() => new(
        AtlasCloudErrorKind.InvalidParameter, "The session has a budget of its own, so -Budget cannot be specified, too. The server was not started.")
    {
        RecommendedAction = "Omit -Budget, or use a session without a budget.",
    };

    /// <summary>Standard input is a keyboard.</summary>
    internal static AtlasCloudException McpWithoutClient() => new(
        AtlasCloudErrorKind.InvalidParameter, "Standard input is a terminal, not an MCP client. The server was not started.")
    {
        RecommendedAction = "Let an MCP client start the command: Get-Help about_AtlasCloud_Assistants shows the configuration.",
    };

    /// <summary>The folder for input files does not exist.</summary>
    internal static AtlasCloudException McpFolderMissing(string parameter, string path) => new(
        AtlasCloudErrorKind.InvalidParameter, $"-{parameter}: the folder '{path}' does not exist. The server was not started.")
    {
        RecommendedAction = "Check the path. The server resolves a relative path against the current location, which an MCP client chooses: use a full path.",
    };

    private static AtlasCloudException NoSession(string message, string? advice = null) =>
        new(AtlasCloudErrorKind.NoSession, message) { RecommendedAction = advice };
}
