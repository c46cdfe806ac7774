using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Http;
using AtlasCloud.Emulation.Routing;

namespace AtlasCloud.Emulation.Predictions;

/// <summary>Reads the body of a submit, either flat or with the parameters in <c>input</c>.</summary>
internal static class SubmitBodyReader
{
    /// <summary>The parameters, including the model; null if the body is not a JSON object with a model.</summary>
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
