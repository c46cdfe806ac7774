using System.Collections;
using System.Text.Json.Nodes;
using AtlasCloud.Requests;

namespace AtlasCloud.Tests;

/// <summary>Requests that a schema allows are composed, and each kind of error is rejected.</summary>
public sealed class ValidationMessagesTests
{
    // Keywords that no recorded schema uses.
    private const string Further = """
        {
          "type": "object",
          "properties": {
            "prompt": { "type": "string", "minLength": 3, "maxLength": 20 },
            "image": { "type": "string" },
            "image_url": { "type": "string" },
            "mode": { "type": "string", "enum": ["still", "moving"] },
            "speed": { "type": "integer", "minimum": 2, "maximum": 20, "step": 3 },
            "frames": { "type": "integer", "minimum": 0, "maximum": 64, "multipleOf": 8 },
            "weight": { "oneOf": [{ "type": "string", "enum": ["auto"] }, { "type": "number", "minimum": 0, "maximum": 1 }] },
            "camera": { "type": "object", "required": ["move"], "properties": { "move": { "type": "string", "enum": ["pan", "tilt"] }, "angle": { "type": "number", "maximum": 90 } } },
            "voices": { "type": "array", "maxItems": 2, "items": { "type": "string", "enum": ["low", "high"] } },
            "points": { "type": "array", "minItems": 1, "items": { "type": "integer", "minimum": 1, "maximum": 9 } }
          },
          "required": ["prompt"],
          "oneOf": [{ "required": ["image"] }, { "required": ["image_url"] }],
          "if": { "properties": { "mode": { "enum": ["moving"] } }, "required": ["mode"] },
          "then": { "required": ["speed"] },
          "x-order-properties": ["prompt", "ghost", "image"]
        }
        """;

    // The number of generated errors of each kind: a generator that generates nothing would pass all other tests.
    private const string Counts =
        "above maximum 45, below minimum 44, choice: empty 1, choice: twice 1, if/then 9, item: above maximum 2, item: below minimum 2, item: missing 2, "
        + "item: outside enum 2, item: wrong type 22, missing 85, no form 1, off step 8, oneOf 2, outside enum 109, too few 11, too long 7, too many 15, too short 2, "
        + "unknown 65, wrong type 536";

    public static TheoryData<string> Schemas
    {
        get
        {
            TheoryData<string> names = Fixture.Files("schemas");
            names.Add(nameof(Further));
            return names;
        }
    }

    [Theory]
    [MemberData(nameof(Schemas))]
    public void Parameters_are_listed_in_display_order(string name)
    {
        RawSchema raw = Schema(name);
        string[] order = [.. (raw.Input["x-order-properties"] as JsonArray ?? []).Select(n => n!.GetValue<string>())];
        string[] expected = [.. order.Where(raw.Properties.ContainsKey).Concat(raw.Properties.Keys.Order(StringComparer.Ordinal)).Distinct()];

        Assert.Equal(expected, raw.Read().Parameters.Select(p => p.Name));
    }

    [Theory]
    [MemberData(nameof(Schemas))]
    public void Valid_request_is_composed_unchanged(string name)
    {
        RawSchema raw = Schema(name);
        IReadOnlyList<JsonObject> requests = new ValidRequests(raw).All();

        Assert.True(requests.Count >= 6);
        Assert.All(requests, request =>
        {
            JsonObject body = Compose(raw, request);
            Assert.All(request, m => Assert.True(JsonNode.DeepEquals(m.Value, body[m.Key]), $"{m.Key}: {m.Value?.ToJsonString()} became {body[m.Key]?.ToJsonString()}"));
        });
    }

    [Theory]
    [MemberData(nameof(Schemas))]
    public void Each_invalid_input_is_rejected_and_named(string name)
    {
        RawSchema raw = Schema(name);

        Assert.All(Mutations.Of(raw), mutation =>
        {
            Exception? thrown = Record.Exception(() => Compose(raw, mutation.Request));
            Assert.True(thrown is not null, $"{mutation.Kind} of {mutation.Input} passed: {mutation.Request.ToJsonString()}");
            AtlasCloudException refusal = Assert.IsType<AtlasCloudException>(thrown);
            Assert.Equal(AtlasCloudErrorKind.InvalidParameter, refusal.Kind);
            Assert.Contains($"'{mutation.Input}", refusal.Message, StringComparison.Ordinal);
            Assert.EndsWith("Nothing was submitted.", refusal.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("$", refusal.Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Generated_requests_cover_each_kind_of_error()
    {
        Mutation[] all = [.. Schemas.SelectMany(row => Mutations.Of(Schema(row.Data)))];

        Assert.Equal(Counts, string.Join(", ", all.GroupBy(m => m.Kind).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => $"{g.Key} {g.Count()}")));
    }

    private static RawSchema Schema(string name) => name == nameof(Further) ? RawSchema.Parse(name, Further) : RawSchema.Recorded(name);

    private static JsonObject Compose(RawSchema raw, JsonObject request)
    {
        Hashtable parameters = [];
        foreach ((string name, JsonNode? value) in request)
        {
            parameters[name] = value;
        }

        return RequestComposer.Compose(new GenerationRequest { Model = "a/b", Parameters = parameters }, null, raw.Read()).Body;
    }
}
