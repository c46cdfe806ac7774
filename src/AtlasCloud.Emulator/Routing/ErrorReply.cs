using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Http;

namespace AtlasCloud.Emulation.Routing;

/// <summary>Error replies of the gateway.</summary>
internal static class ErrorReply
{
    internal static Reply Create(RequestContext context, int status, string message) => Reply.Json(
        new JsonObject { ["code"] = status, ["msg"] = message, ["request_id"] = context.RequestId, ["data"] = null }, status);

    /// <summary>A 400 that names no parameter.</summary>
    internal static Reply BadRequest() => Reply.Json(new JsonObject { ["code"] = 400, ["msg"] = "bad request" }, 400);

    /// <summary>An error in the format of the billing API.</summary>
    internal static Reply CreateBilling(RequestContext context, int status, string type, string code, string message, string? parameter = null) => Reply.Json(
        new JsonObject
        {
            ["error"] = new JsonObject { ["type"] = type, ["code"] = code, ["message"] = message, ["param"] = parameter },
            ["request_id"] = context.RequestId,
        },
        status);
}
