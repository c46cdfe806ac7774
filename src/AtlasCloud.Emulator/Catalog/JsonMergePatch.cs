using System.Text.Json.Nodes;

namespace AtlasCloud.Emulation.Catalog;

/// <summary>JSON merge patch (RFC 7396): members replace, null removes, objects merge recursively.</summary>
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
