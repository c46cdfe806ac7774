using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Http;
using AtlasCloud.Emulation.Routing;

namespace AtlasCloud.Emulation.Management;

/// <summary>/public/v1/projects.</summary>
internal sealed class ProjectEndpoint
{
    private static readonly string[] s_members = ["name", "description", "budget"];

    private readonly ManagementStore _store;

    internal ProjectEndpoint(ManagementStore store) => _store = store;

    internal Reply List(RequestContext context) => Reply.Json(new JsonObject
    {
        ["object"] = "list",
        ["data"] = new JsonArray([.. _store.Projects.Select(Write)]),
        ["has_more"] = false,
        ["next_page"] = null,
        ["request_id"] = context.RequestId,
    });

    internal Reply Get(RequestContext context) =>
        _store.FindProject(context.RouteValues[0]) is { } project ? Succeed(context, project) : ManagementError.ProjectNotFound.ToReply(context);

    internal Reply Create(RequestContext context)
    {
        (JsonObject? body, ManagementError? error) = ManagementBody.Read(context, s_members);
        string name = "";
        string description = "";
        BudgetLimits? budget = null;
        if (error is null)
        {
            (name, error) = ManagementBody.ReadName(body!, 2, 64);
            description = (body!["description"] as JsonValue)?.ToString() ?? "";
            error ??= description.Length > 50 ? ManagementError.Invalid("description", "description must not exceed 50 characters") : null;
            (budget, ManagementError? budgetError) = BudgetLimits.Read(body["budget"]);
            error ??= budgetError;
        }

        return Finish(context, error is null ? _store.AddProject(name, description, budget!) : (null, error));
    }

    internal Reply PutBudget(RequestContext context)
    {
        if (context.Body is null)
        {
            return ManagementError.Invalid(null, "the body must be a JSON object").ToReply(context);
        }

        (BudgetLimits? budget, ManagementError? error) = BudgetLimits.Read(context.Body);
        return Finish(context, error is null ? _store.SetBudget(context.RouteValues[0], budget!) : (null, error));
    }

    internal Reply Archive(RequestContext context) => Finish(context, _store.Archive(context.RouteValues[0]));

    private static Reply Finish(RequestContext context, (EmulatedProject? Project, ManagementError? Error) outcome) =>
        outcome.Error?.ToReply(context) ?? Succeed(context, outcome.Project!);

    private static Reply Succeed(RequestContext context, EmulatedProject project)
    {
        JsonObject body = Write(project);
        body["request_id"] = context.RequestId;
        return Reply.Json(body);
    }

    private static JsonObject Write(EmulatedProject project) => new()
    {
        ["object"] = "project",
        ["id"] = project.Id,
        ["name"] = project.Name,
        ["description"] = project.Description,
        ["status"] = project.IsArchived ? "archived" : "active",
        ["is_default"] = project.IsDefault,
        ["budget"] = project.Budget.ToJson(),
    };
}
