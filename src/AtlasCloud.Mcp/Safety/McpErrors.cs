using System.Globalization;
using AtlasCloud.Mcp.Results;

namespace AtlasCloud.Mcp.Safety;

/// <summary>Creates the errors of the server itself. In all of them nothing was sent.</summary>
internal static class McpErrors
{
    internal static AtlasCloudException InvalidArgument(string input, string problem) =>
        new(AtlasCloudErrorKind.InvalidParameter, $"The argument '{DataText.Line(input, 80)}' {problem}. Nothing was sent.") { Input = DataText.Line(input, 80) };

    internal static AtlasCloudException OutsideRoot(string path, string input, string problem) =>
        new(AtlasCloudErrorKind.PermissionDenied, $"'{DataText.Line(path, 200)}' {problem}. Nothing was read or written.") { Input = input, Value = DataText.Line(path, 200) };

    internal static AtlasCloudException NoInputFolder(string path, string input) =>
        new(AtlasCloudErrorKind.PermissionDenied, $"'{DataText.Line(path, 200)}' is not a URL, and the server was started without an input folder, so it may not read local files. Nothing was sent.") { Input = input };

    internal static AtlasCloudException NotOrdinaryFile(string path, string input) =>
        new(AtlasCloudErrorKind.InvalidParameter, $"'{DataText.Line(path, 200)}' is not an ordinary file, or is empty. Nothing was sent.") { Input = input };

    internal static AtlasCloudException UnknownTool(string name, bool isOffered) =>
        new(AtlasCloudErrorKind.InvalidParameter, isOffered
            ? $"'{DataText.Line(name, 80)}' is not a tool of this server."
            : $"The tool '{DataText.Line(name, 80)}' is not available: the server is read-only, or was started without the folder that the tool needs.")
        {
            RecommendedAction = "Use one of the tools that the server lists. If none fits, tell the user: only the user can start the server with other options.",
        };

    /// <summary>The price exceeds the limit for requests without a confirmation.</summary>
    internal static AtlasCloudException ConfirmationRequired(AtlasCloudException refusal) => new(
        AtlasCloudErrorKind.BudgetExceeded,
        string.Create(CultureInfo.InvariantCulture, $"The request would cost up to {refusal.Amount} usd, and the user must confirm requests above {refusal.Limit} usd. Nothing was submitted."),
        refusal)
    {
        RecommendedAction = string.Create(CultureInfo.InvariantCulture, $"Tell the user the price. If the user agrees, repeat the call with confirm_price set to {refusal.Amount}."),
        Reason = refusal.Reason,
        Model = refusal.Model,
        Amount = refusal.Amount,
        Limit = refusal.Limit,
    };
}
