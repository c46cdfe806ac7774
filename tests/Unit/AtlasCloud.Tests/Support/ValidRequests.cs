using System.Text.Json.Nodes;

namespace AtlasCloud.Tests;

/// <summary>Generates requests that a schema allows. The same schema always gives the same requests.</summary>
internal sealed class ValidRequests
{
    private const int Drawn = 4;
    private readonly RawSchema _schema;
    private uint _state;

    internal ValidRequests(RawSchema schema)
    {
        _schema = schema;
        _state = schema.Name.Aggregate(2166136261u, (hash, c) => (hash ^ c) * 16777619u);
    }

    /// <summary>The minimal request, the full one, one for each branch of each condition, one for each alternative, and some at random.</summary>
    internal IReadOnlyList<JsonObject> All()
    {
        List<JsonObject> requests = [Minimal(), Full()];
        requests.AddRange(Conditions(_schema).SelectMany(c => (JsonObject[])[Branch(c, true), Branch(c, false)]));
        requests.AddRange(Forms(_schema).Select(f => Settle(With(Minimal(), f))));
        requests.AddRange(Enumerable.Range(0, Drawn).Select(_ => Random()));
        return requests;
    }

    internal JsonObject Minimal() => Settle(Of(_schema.Required));

    internal JsonObject Full() => Settle(Of(_schema.Properties.Keys));

    /// <summary>Returns a valid value of an input.</summary>
    internal JsonNode Value(JsonObject rules)
    {
        if (rules["enum"] is JsonArray { Count: > 0 } choices)
        {
            if ((bool?)rules["x-multiple"] == true)
            {
                return string.Join(',', choices.Skip(Next(choices.Count)).Take(1 + Next(choices.Count)).Select(c => c!.GetValue<string>()));
            }

            return choices[Next(choices.Count)]!.DeepClone();
        }

        if ((rules["oneOf"] ?? rules["anyOf"]) is JsonArray forms)
        {
            return Value(forms[Next(forms.Count)]!.AsObject());
        }

        return (string?)rules["type"] switch
        {
            "integer" or "number" => Number(rules),
            "boolean" => JsonValue.Create(Next(2) == 0),
            "array" => new JsonArray([.. Enumerable.Range(0, Count(rules)).Select(_ => rules["items"] is JsonObject items ? Value(items) : JsonValue.Create("some"))]),
            "object" => new JsonObject((rules["properties"] as JsonObject ?? []).Select(p => KeyValuePair.Create(p.Key, (JsonNode?)Value(p.Value!.AsObject())))),
            _ => JsonValue.Create(Text(rules)),
        };
    }

    /// <summary>Returns the conditions of a schema that depend on the values of inputs.</summary>
    internal static IEnumerable<JsonObject> Conditions(RawSchema schema) =>
        (schema.Input["allOf"] as JsonArray ?? []).OfType<JsonObject>().Append(schema.Input).Where(r => r["if"]?["properties"] is JsonObject);

    /// <summary>Returns the alternatives of a schema, of which a request must match one.</summary>
    internal static IEnumerable<JsonObject> Forms(RawSchema schema) => (schema.Input["oneOf"] as JsonArray ?? []).OfType<JsonObject>();

    /// <summary>Returns the request with the inputs that a part of a schema requires.</summary>
    internal JsonObject With(JsonObject request, JsonObject part)
    {
        JsonObject changed = request.DeepClone().AsObject();
        foreach ((string name, JsonNode? rules) in part["properties"] as JsonObject ?? [])
        {
            changed[name] = Value(rules!.AsObject());
        }

        foreach (string name in (part["required"] as JsonArray ?? []).Select(n => n!.GetValue<string>()).Where(n => !changed.ContainsKey(n)))
        {
            changed[name] = Value(_schema.Properties[name]);
        }

        return changed;
    }

    private JsonObject Branch(JsonObject condition, bool holds)
    {
        JsonObject request = With(Minimal(), condition["if"]!.AsObject());
        if (!holds)
        {
            string name = condition["if"]!["properties"]!.AsObject().First().Key;
            string[] matching = [.. condition["if"]!["properties"]![name]!["enum"]!.AsArray().Select(v => v!.ToJsonString())];
            request[name] = _schema.Properties[name]["enum"]!.AsArray().First(v => !matching.Contains(v!.ToJsonString()))!.DeepClone();
        }

        return Settle(request);
    }

    private JsonObject Random() => Settle(Of(_schema.Properties.Keys.Where(n => _schema.Required.Contains(n) || Next(2) == 0)));

    private JsonObject Of(IEnumerable<string> names) =>
        new(names.Select(n => KeyValuePair.Create(n, (JsonNode?)Value(_schema.Properties[n]))));

    // Rules between inputs are applied last: the consequences of conditions, one alternative only, and the rules of the documentation.
    private JsonObject Settle(JsonObject request)
    {
        foreach (JsonObject condition in Conditions(_schema))
        {
            (string name, JsonNode? rules) = condition["if"]!["properties"]!.AsObject().First();
            bool holds = request.ContainsKey(name) && rules!["enum"]!.AsArray().Any(v => JsonNode.DeepEquals(v, request[name]));
            if (condition[holds ? "then" : "else"] is JsonObject consequence)
            {
                request = With(request, consequence);
            }
        }

        JsonObject[] forms = [.. Forms(_schema)];
        string[][] alternatives = [.. forms.Select(f => f["required"]!.AsArray().Select(n => n!.GetValue<string>()).ToArray())];
        int chosen = Math.Max(0, Array.FindIndex(alternatives, a => a.All(request.ContainsKey)));
        if (forms.Length > 0)
        {
            foreach (string name in alternatives.SelectMany(a => a).Except(alternatives[chosen]))
            {
                request.Remove(name);
            }

            request = With(request, forms[chosen]);
        }

        if ((string?)request["omni_reference_task_type"] is "edit" or "extend")
        {
            request["reference_videos"] = new JsonArray("https://example.com/v.mp4");
            request["ratio"] = "adaptive";
            request["duration"] = -1;
        }

        if ((string?)request["shot_type"] == "multi")
        {
            request["enable_prompt_expansion"] = true;
        }

        if (request.ContainsKey("reference_audios") && !request.ContainsKey("reference_videos"))
        {
            request["reference_images"] = new JsonArray("https://example.com/a.png");
        }

        return request;
    }

    private JsonNode Number(JsonObject rules)
    {
        decimal min = (decimal?)rules["minimum"] ?? 0;
        decimal step = (decimal?)rules["step"] ?? (decimal?)rules["multipleOf"] ?? ((string?)rules["type"] == "integer" ? 1 : 0.5m);
        decimal max = (decimal?)rules["maximum"] ?? min + (100 * step);
        return JsonValue.Create(min + (step * Next((int)Math.Min(1000, decimal.Floor((max - min) / step)) + 1)));
    }

    private int Count(JsonObject rules)
    {
        int min = (int?)rules["minItems"] ?? 0;
        return min + Next(((int?)rules["maxItems"] ?? min + 3) - min + 1);
    }

    private string Text(JsonObject rules)
    {
        int min = Math.Max(1, (int?)rules["minLength"] ?? 1);
        return new string('a', min + Next(Math.Min(50, ((int?)rules["maxLength"] ?? 50) - min + 1)));
    }

    // The linear congruential generator of Numerical Recipes, which gives the same values on every machine.
    private int Next(int below)
    {
        _state = unchecked((_state * 1664525u) + 1013904223u);
        return (int)((_state >> 8) % (uint)Math.Max(1, below));
    }
}
