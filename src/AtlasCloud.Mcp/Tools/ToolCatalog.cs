using System.Text.Json;
using System.Text.Json.Nodes;
using AtlasCloud.Mcp.Safety;
using ModelContextProtocol.Protocol;

namespace AtlasCloud.Mcp.Tools;

/// <summary>The descriptions and schemas of the tools, from tools.json, and which of them a server offers.</summary>
internal sealed class ToolCatalog
{
    private static readonly Lazy<JsonObject> s_document = new(Load);

    private readonly Dictionary<string, Tool> _offered = new(StringComparer.Ordinal);

    internal ToolCatalog(AtlasMcpOptions options)
    {
        foreach (JsonObject entry in s_document.Value["tools"]!.AsArray().Cast<JsonObject>())
        {
            if (IsOffered(entry, options))
            {
                Tool tool = Create(entry);
                _offered.Add(tool.Name, tool);
            }
        }
    }

    /// <summary>The names of all tools, offered or not.</summary>
    internal static IEnumerable<string> AllNames => s_document.Value["tools"]!.AsArray().Select(t => (string)t!["name"]!);

    /// <summary>The tools that the server offers.</summary>
    internal IReadOnlyCollection<Tool> Offered => _offered.Values;

    /// <summary>Returns an offered tool.</summary>
    /// <exception cref="AtlasCloudException">InvalidParameter: the tool does not exist, or is not offered.</exception>
    internal Tool Get(string name) => _offered.TryGetValue(name, out Tool? tool) ? tool : throw McpErrors.UnknownTool(name, isOffered: !AllNames.Contains(name));

    private static bool IsOffered(JsonObject entry, AtlasMcpOptions options) => (string?)entry["needs"] switch
    {
        "output" when options.OutputRoot is null => false,
        "input" when options.InputRoot is null || options.IsReadOnly => false,
        _ => !(options.IsReadOnly && (string)entry["hints"]! == "paid"),
    };

    private static Tool Create(JsonObject entry)
    {
        string hints = (string)entry["hints"]!;
        JsonObject output = Schema(entry["output"]!, null);
        output["properties"]!["error"] = s_document.Value["error"]!.DeepClone();

        // A failed call returns an error instead of the result.
        output["anyOf"] = new JsonArray(
            new JsonObject { ["required"] = entry["outputRequired"]!.DeepClone() },
            new JsonObject { ["required"] = new JsonArray("error") });
        JsonObject input = Schema(entry["input"]!, entry["inputRequired"]);
        input["additionalProperties"] = false;
        return new Tool
        {
            Name = (string)entry["name"]!,
            Title = (string)entry["title"]!,
            Description = (string)entry["description"]!,
            InputSchema = JsonSerializer.SerializeToElement((JsonNode)input),
            OutputSchema = JsonSerializer.SerializeToElement((JsonNode)output),
            Annotations = new ToolAnnotations
            {
                ReadOnlyHint = hints == "read",
                DestructiveHint = false,
                IdempotentHint = hints != "paid",
                OpenWorldHint = true,
            },
        };
    }

    private static JsonObject Schema(JsonNode properties, JsonNode? required)
    {
        JsonObject schema = new() { ["type"] = "object", ["properties"] = Expand(properties) };
        if (required is not null)
        {
            schema["required"] = required.DeepClone();
        }

        return schema;
    }

    /// <summary>Replaces { "$include": "name" } by the definition with that name. Several definitions are merged.</summary>
    private static JsonNode? Expand(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject source:
                JsonObject result = [];
                foreach ((string name, JsonNode? value) in source)
                {
                    if (name.StartsWith("$include", StringComparison.Ordinal))
                    {
                        foreach ((string included, JsonNode? definition) in Expand(s_document.Value["definitions"]![(string)value!])!.AsObject().ToList())
                        {
                            result[included] = definition?.DeepClone();
                        }
                    }
                    else
                    {
                        result[name] = Expand(value);
                    }
                }

                return result;
            case JsonArray array:
                return new JsonArray([.. array.Select(Expand)]);
            default:
                return node?.DeepClone();
        }
    }

    private static JsonObject Load()
    {
        using Stream stream = typeof(ToolCatalog).Assembly.GetManifestResourceStream("tools.json")!;
        return JsonNode.Parse(stream)!.AsObject();
    }
}
