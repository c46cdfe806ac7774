using AtlasCloud.Emulation.Http;
using AtlasCloud.Emulation.Routing;

namespace AtlasCloud.Emulation.Management;

/// <summary>Why the management API rejects a request.</summary>
internal sealed record ManagementError(int Status, string Code, string Message, string? Parameter)
{
    internal static ManagementError ProjectNotFound { get; } = new(404, "not_found", "Project not found", "project_id");

    internal static ManagementError KeyNotFound { get; } = new(404, "not_found", "API key not found", "api_key_id");

    internal static ManagementError ProjectLimit { get; } = new(409, "project_limit_exceeded", "The team has reached the limit of 20 active projects", null);

    // The codes of the other conflicts are not documented.
    internal static ManagementError ProjectArchived { get; } = new(409, "project_archived", "The project is archived", "project_id");

    internal static ManagementError DefaultProject { get; } = new(409, "default_project", "The default project must stay active", "project_id");

    internal static ManagementError NameTaken(string what) => new(409, "name_already_exists", $"{what} with this name already exists", "name");

    internal static ManagementError Invalid(string? parameter, string message) => new(400, "invalid_parameter", message, parameter);

    internal Reply ToReply(RequestContext context) => ErrorReply.CreateBilling(context, Status, "invalid_request_error", Code, Message, Parameter);
}
