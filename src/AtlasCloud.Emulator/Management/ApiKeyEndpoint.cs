using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Http;
using AtlasCloud.Emulation.Routing;

namespace AtlasCloud.Emulation.Management;

/// <summary>/public/v1/api-keys.</summary>
internal sealed class ApiKeyEndpoint
{
    private static readonly string[] s_members = ["name", "project_id"];

    private readonly ManagementStore _store;

    internal ApiKeyEndpoint(ManagementStore store) => _store = store;

    internal Reply Create(RequestContext context)
    {
        (JsonObject? body, ManagementError? error) = ManagementBody.Read(context, s_members);
        string name = "";
        if (error is null)
        {
            (name, error) = ManagementBody.ReadName(body!, 1, 128);
            error ??= body!["project_id"] is JsonValue ? null : ManagementError.Invalid("project_id", "project_id is required");
        }

        (EmulatedKey? key, error) = error is null ? _store.AddKey(name, body!["project_id"]!.ToString()) : (null, error);
        if (error is not null)
        {
            return error.ToReply(context);
        }

        JsonObject reply = Write(context, key!);
        reply["key"] = key!.Secret;
        return Reply.Json(reply);
    }

    internal Reply Disable(RequestContext context) =>
        Finish(context, _store.ChangeKey(context.RouteValues[0], key => key with { IsDisabled = true }));

    /// <summary>Deleting a key again succeeds.</summary>
    internal Reply Delete(RequestContext context)
    {
        if (!_store.HasKey(context.RouteValues[0]))
        {
            return ManagementError.KeyNotFound.ToReply(context);
        }

        _store.ChangeKey(context.RouteValues[0], key => key with { IsDeleted = true });
        return Reply.Create([], null, 204);
    }

    internal Reply PutAllowance(RequestContext context)
    {
        (KeyAllowanceLimit? allowance, ManagementError? error) = KeyAllowanceLimit.Read(context.Body);
        return error?.ToReply(context) ?? Finish(context, _store.ChangeKey(context.RouteValues[0], key => key with { Allowance = allowance! }));
    }

    private static Reply Finish(RequestContext context, EmulatedKey? key) =>
        key is null ? ManagementError.KeyNotFound.ToReply(context) : Reply.Json(Write(context, key));

    private static JsonObject Write(RequestContext context, EmulatedKey key) => new()
    {
        ["object"] = "api_key",
        ["id"] = key.Id,
        ["name"] = key.Name,
        ["project_id"] = key.ProjectId,
        ["status"] = key.IsDisabled ? "disabled" : "active",
        ["allowance"] = key.Allowance.ToJson(),
        ["request_id"] = context.RequestId,
    };
}
