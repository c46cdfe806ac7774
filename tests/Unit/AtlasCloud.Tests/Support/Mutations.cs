using System.Text.Json.Nodes;

namespace AtlasCloud.Tests;

/// <summary>A request with one error.</summary>
/// <param name="Kind">The kind of error.</param>
/// <param name="Input">The input that the message must name.</param>
/// <param name="Request">The request.</param>
internal sealed record Mutation(string Kind, string Input, JsonObject Request);

/// <summary>Generates requests with one error each, from the rules of a schema.</summary>
internal static class Mutations
{
    internal static IEnumerable<Mutation> Of(RawSchema schema)
    {
        ValidRequests valid = new(schema);
        JsonObject full = valid.Full();
        foreach (string name in schema.Required.Where(n => IsNothing(schema.Properties[n]["default"])))
        {
            JsonObject without = full.DeepClone().AsObject();
            without.Remove(name);
            yield return new Mutation("missing", name, without);
        }

        yield return new Mutation("unknown", "no_such_input", With(full, "no_such_input", 1));
        foreach ((string name, JsonObject rules) in schema.Properties)
        {
            JsonObject around = full.ContainsKey(name) ? full : Around(schema, valid, name);
            foreach ((string kind, JsonNode value) in Wrong(rules, valid))
            {
                yield return new Mutation(kind, name, With(around, name, value));
            }
        }

        foreach (Mutation between in Between(schema, valid))
        {
            yield return between;
        }
    }

    // None of these becomes valid by a lossless conversion.
    private static IEnumerable<(string Kind, JsonNode Value)> Wrong(JsonObject rules, ValidRequests valid)
    {
        string? type = (string?)rules["type"];
        if (rules["enum"] is JsonArray)
        {
            yield return ("outside enum", type is "integer" or "number" ? 987654 : "no such choice");
            if ((bool?)rules["x-multiple"] == true)
            {
                string first = rules["enum"]!.AsArray()[0]!.GetValue<string>();
                yield return ("choice: empty", $"{first},,");
                yield return ("choice: twice", $"{first},{first}");
            }

            yield break;
        }

        if ((rules["oneOf"] ?? rules["anyOf"]) is JsonArray)
        {
            yield return ("no form", new JsonObject { ["neither"] = 1 });
            yield break;
        }

        foreach ((string, JsonNode) wrong in type switch
        {
            "integer" or "number" => WrongNumbers(rules, type),
            "string" => WrongTexts(rules),
            "boolean" => [("wrong type", "perhaps"), ("wrong type", new JsonArray(true))],
            "array" => WrongLists(rules, valid),
            "object" => WrongObjects(rules, valid).Prepend(("wrong type", JsonValue.Create("text"))),
            _ => [],
        })
        {
            yield return wrong;
        }
    }

    private static IEnumerable<(string Kind, JsonNode Value)> WrongNumbers(JsonObject rules, string type)
    {
        yield return ("wrong type", "many");
        yield return ("wrong type", new JsonObject());
        decimal? min = (decimal?)rules["minimum"];
        decimal? max = (decimal?)rules["maximum"];
        if (type == "integer")
        {
            yield return ("wrong type", (min ?? 0) + 0.5m);
        }

        if (min is not null)
        {
            yield return ("below minimum", min.Value - 1);
        }

        if (max is not null)
        {
            yield return ("above maximum", max.Value + 1);
        }

        if ((decimal?)rules["step"] is decimal step && (type == "number" || step > 1))
        {
            yield return ("off step", (min ?? 0) + (type == "number" ? step / 2 : 1));
        }

        if ((decimal?)rules["multipleOf"] is decimal multiple)
        {
            yield return ("off step", (decimal.Ceiling((min ?? 0) / multiple) * multiple) + (type == "number" ? multiple / 2 : 1));
        }
    }

    private static IEnumerable<(string Kind, JsonNode Value)> WrongTexts(JsonObject rules)
    {
        yield return ("wrong type", new JsonObject { ["a"] = 1 });
        if ((int?)rules["minLength"] is int min and > 0)
        {
            yield return ("too short", new string('a', min - 1));
        }

        if ((int?)rules["maxLength"] is int max)
        {
            yield return ("too long", new string('a', max + 1));
        }
    }

    private static IEnumerable<(string Kind, JsonNode Value)> WrongLists(JsonObject rules, ValidRequests valid)
    {
        JsonObject items = rules["items"] as JsonObject ?? [];
        int min = (int?)rules["minItems"] ?? 0;
        if (min > 0)
        {
            yield return ("too few", List(min - 1, items, valid));
        }

        if ((int?)rules["maxItems"] is int max)
        {
            yield return ("too many", List(max + 1, items, valid));
        }

        foreach ((string kind, JsonNode value) in (string?)items["type"] == "object" ? WrongObjects(items, valid).Prepend(("wrong type", 5)) : Wrong(items, valid))
        {
            JsonArray list = List(Math.Max(1, min), items, valid);
            list[^1] = value;
            yield return ("item: " + kind, list);
        }
    }

    private static IEnumerable<(string Kind, JsonNode Value)> WrongObjects(JsonObject rules, ValidRequests valid)
    {
        foreach (string name in (rules["required"] as JsonArray ?? []).Select(n => n!.GetValue<string>()))
        {
            JsonObject without = valid.Value(rules).AsObject();
            without.Remove(name);
            yield return ("missing", without);
        }

        foreach ((string name, JsonNode? member) in rules["properties"] as JsonObject ?? [])
        {
            foreach ((string kind, JsonNode value) in Wrong(member!.AsObject(), valid))
            {
                yield return (kind, With(valid.Value(rules).AsObject(), name, value));
            }
        }
    }

    private static IEnumerable<Mutation> Between(RawSchema schema, ValidRequests valid)
    {
        foreach (JsonObject condition in ValidRequests.Conditions(schema))
        {
            (string tested, JsonNode? test) = condition["if"]!["properties"]!.AsObject().First();
            foreach (JsonNode? matching in test!["enum"]!.AsArray())
            {
                foreach ((string name, JsonNode? consequence) in condition["then"]?["properties"] as JsonObject ?? [])
                {
                    string[] allowed = [.. consequence!["enum"]!.AsArray().Select(v => v!.ToJsonString())];
                    foreach (JsonNode? other in schema.Properties[name]["enum"]!.AsArray().Where(v => !allowed.Contains(v!.ToJsonString())))
                    {
                        yield return new Mutation("if/then", name, With(With(valid.Minimal(), tested, matching!.DeepClone()), name, other!.DeepClone()));
                    }
                }

                foreach (string name in (condition["then"]?["required"] as JsonArray ?? []).Select(n => n!.GetValue<string>()))
                {
                    JsonObject without = With(valid.Minimal(), tested, matching!.DeepClone());
                    without.Remove(name);
                    yield return new Mutation("if/then", name, without);
                }
            }
        }

        string[] names = [.. ValidRequests.Forms(schema).Select(f => f["required"]![0]!.GetValue<string>())];
        if (names.Length > 0)
        {
            JsonObject none = valid.Minimal();
            JsonObject all = valid.Minimal();
            foreach (string name in names)
            {
                none.Remove(name);
                all[name] = valid.Value(schema.Properties[name]);
            }

            yield return new Mutation("oneOf", names[0], none);
            yield return new Mutation("oneOf", names[^1], all);
        }
    }

    // An input of an alternative is tested in a request with that alternative.
    private static JsonObject Around(RawSchema schema, ValidRequests valid, string name) =>
        ValidRequests.Forms(schema).Where(f => f["required"]!.AsArray().Any(n => n!.GetValue<string>() == name)).Select(f =>
        {
            JsonObject request = valid.Minimal();
            foreach (string other in ValidRequests.Forms(schema).SelectMany(o => o["required"]!.AsArray().Select(n => n!.GetValue<string>())))
            {
                request.Remove(other);
            }

            return valid.With(request, f);
        }).FirstOrDefault(valid.Minimal());

    private static JsonArray List(int count, JsonObject items, ValidRequests valid) => new([.. Enumerable.Range(0, count).Select(_ => valid.Value(items))]);

    private static JsonObject With(JsonObject request, string name, JsonNode value)
    {
        JsonObject changed = request.DeepClone().AsObject();
        changed[name] = value;
        return changed;
    }

    private static bool IsNothing(JsonNode? value) => value is null || value.ToJsonString() is "\"\"" or "[]";
}
