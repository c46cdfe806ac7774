using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Http;
using AtlasCloud.Emulation.Routing;

namespace AtlasCloud.Emulation.Predictions;

/// <summary>Reads the body of a submit, flat or with the parameters under <c>input</c>.</summary>
internal static class SubmitBodyReader
{
    /// <summary>The parameters with the model among them; null where there is no JSON body with a model.</summary>
    internal static JsonObject? Read(RequestContext context)
    {
        if (context.Request.MediaType != Reply.JsonType ||
            context.Body is not { } body ||
            body["model"] is not JsonValue model ||
            model.ToString().Length == 0)
        {
            return null;
        }

        if (body["input"] is not JsonObject input)
        {
            return body;
        }

        JsonObject flat = [];
        foreach ((string name, JsonNode? value) in body.Where(member => member.Key != "input").Concat(input))
        {
            flat[name] = value?.DeepClone();
        }

        return flat;
    }
}
