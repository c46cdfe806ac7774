using System.Text.Json.Nodes;

namespace AtlasCloud.Emulation.Catalog;

/// <summary>Changes a document by the rules of JSON merge patch (RFC 7396): members replace, null takes away, objects go on within.</summary>
internal static class JsonMergePatch
{
    internal static void Apply(JsonObject target, JsonObject patch)
    {
        foreach ((string name, JsonNode? value) in patch)
        {
            if (value is null)
            {
                target.Remove(name);
            }
            else if (value is JsonObject nestedPatch)
            {
                if (target[name] is not JsonObject nested)
                {
                    target[name] = nested = [];
                }

                Apply(nested, nestedPatch);
            }
            else
            {
                target[name] = value.DeepClone();
            }
        }
    }
}
