using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Routing;

namespace AtlasCloud.Emulation.Management;

/// <summary>Reads request bodies strictly: unknown members are errors.</summary>
internal static class ManagementBody
{
    private const int MaximumBytes = 64 * 1024;

    internal static (JsonObject? Body, ManagementError? Error) Read(RequestContext context, IReadOnlyList<string> members) => context switch
    {
        { BodyBytes.Length: > MaximumBytes } => (null, new ManagementError(413, "request_too_large", "the body exceeds 64 KiB", null)),
        { Body: null } => (null, ManagementError.Invalid(null, "the body must be a JSON object")),
        _ when context.Body.Select(member => member.Key).FirstOrDefault(name => !members.Contains(name)) is { } unknown =>
            (null, ManagementError.Invalid(unknown, $"unknown field: {unknown}")),
        _ => (context.Body, null),
    };

    internal static (string Name, ManagementError? Error) ReadName(JsonObject body, int minimum, int maximum)
    {
        string name = (body["name"] as JsonValue)?.ToString().Trim() ?? "";
        return name.Length >= minimum && name.Length <= maximum
            ? (name, null)
            : ("", ManagementError.Invalid("name", $"name must have {minimum} to {maximum} characters"));
    }
}
