using System.Collections;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using AtlasCloud.JsonSchema;
using AtlasCloud.Requests;

namespace AtlasCloud.Tests;

/// <summary>Checking a request ends in time, whatever schema the service sends, and says what was not checked.</summary>
public sealed class RequestLimitTests
{
    // Only a hang takes this long: without limits, these schemas take years.
    private const double MaxSeconds = 60;

    private const int InputCount = 200;

    public static TheoryData<string> Schemas => Fixture.Files("schemas");

    private static readonly string s_text = new string('a', 40) + "!";

    [Fact]
    public void Patterns_that_backtrack_without_end_are_all_checked_in_time()
    {
        (AtlasCloudException? refused, string[] warnings) = Compose(Inputs("^(a+)+$"), Values(s_text));

        Assert.NotNull(refused);
        Assert.Contains("'a199'", refused.Message, StringComparison.Ordinal);
        Assert.Empty(warnings);
    }

    [Fact]
    public void Patterns_that_cannot_be_checked_in_time_are_named_in_a_warning()
    {
        (AtlasCloudException? refused, string[] warnings) = Compose(Inputs("^(?=a)(a+)+$"), Values(s_text), TimeForFewPatterns());

        Assert.Null(refused);
        string warning = Assert.Single(warnings);
        Assert.StartsWith("Some rules of a/b take too long and were not checked here: 'a0' (pattern), ", warning, StringComparison.Ordinal);
        Assert.EndsWith($" and {InputCount - 5} more. The service checks the request too.", warning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("anyOf")]
    [InlineData("oneOf")]
    [InlineData("allOf")]
    public void Doubling_chain_of_alternatives_ends_in_time(string keyword)
    {
        JsonObject definitions = new() { ["d40"] = new JsonObject { ["type"] = "integer" } };
        for (int i = 0; i < 40; i++)
        {
            definitions[$"d{i}"] = new JsonObject { [keyword] = new JsonArray(Reference(i + 1), Reference(i + 1)) };
        }

        JsonObject schema = new()
        {
            ["type"] = "object",
            ["properties"] = new JsonObject(Enumerable.Range(0, 10).Select(i => KeyValuePair.Create($"a{i}", (JsonNode?)Reference(0)))),
            ["$defs"] = definitions,
        };
        Compose(schema, new Hashtable(Enumerable.Range(0, 10).ToDictionary(i => $"a{i}", _ => (object)"x")));

        static JsonObject Reference(int number) => new() { ["$ref"] = $"#/$defs/d{number}" };
    }

    [Fact]
    public void Rules_between_inputs_that_cannot_be_checked_in_time_are_named_in_a_warning()
    {
        JsonObject schema = Inputs(".");
        schema["not"] = new JsonObject { ["required"] = new JsonArray("a0") };
        ValidationLimit limit = new(TimeSpan.Zero);

        (AtlasCloudException? refused, string[] warnings) = Compose(schema, Values(s_text), limit);

        Assert.Null(refused);
        Assert.Contains("'a0', 'a1'", Assert.Single(warnings), StringComparison.Ordinal);
        Assert.Null(new ValidationLimit().DescribeUnchecked());
    }

    [Fact]
    public void Errors_that_were_found_in_time_are_reported()
    {
        JsonObject schema = Inputs("^(?=a)(a+)+$");
        schema["properties"]!["count"] = new JsonObject { ["type"] = "integer", ["maximum"] = 4 };
        schema["x-order-properties"] = new JsonArray("count");
        Hashtable values = Values(s_text);
        values["count"] = 5;

        (AtlasCloudException? refused, _) = Compose(schema, values, TimeForFewPatterns());

        Assert.Contains("'count'", refused!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Long_array_of_unique_items_ends_in_time()
    {
        JsonObject schema = new()
        {
            ["type"] = "object",
            ["properties"] = new JsonObject { ["list"] = new JsonObject { ["type"] = "array", ["uniqueItems"] = true } },
        };

        // The time ends while the items are compared.
        ValidationLimit limit = new(TimeSpan.FromSeconds(2), new StepClock(TimeSpan.FromMilliseconds(1)));

        (AtlasCloudException? refused, string[] warnings) = Compose(schema, new Hashtable { ["list"] = Enumerable.Range(0, 60_000).Cast<object>().ToArray() }, limit);

        Assert.Null(refused);
        Assert.Contains("'list' (uniqueItems)", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Schemas))]
    public void Recorded_schema_is_checked_completely(string file)
    {
        RawSchema schema = RawSchema.Recorded(file);
        foreach (JsonObject request in new ValidRequests(schema).All())
        {
            ValidationLimit limit = new(clock: new FakeClock());
            JsonElement value = JsonSerializer.SerializeToElement(request);
            JsonElement document = JsonSerializer.SerializeToElement(schema.Document);
            SchemaValidator.ValidateCombinations(value, JsonSerializer.SerializeToElement(schema.Input), document, limit);
            foreach ((string name, JsonObject rules) in schema.Properties.Where(p => request.ContainsKey(p.Key)))
            {
                SchemaValidator.ValidateInput(value.GetProperty(name), JsonSerializer.SerializeToElement(rules), document, name, limit);
            }

            Assert.Null(limit.DescribeUnchecked());
        }
    }

    private static JsonObject Inputs(string pattern) => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject(Enumerable.Range(0, InputCount).Select(i => KeyValuePair.Create($"a{i}", (JsonNode?)new JsonObject { ["type"] = "string", ["pattern"] = pattern }))),
    };

    private static Hashtable Values(string text) => new(Enumerable.Range(0, InputCount).ToDictionary(i => $"a{i}", _ => (object)text));

    // Each pattern takes its time, and that for all rules ends after some of them.
    private static ValidationLimit TimeForFewPatterns() => new(TimeSpan.FromSeconds(2), new StepClock(TimeSpan.FromSeconds(0.1)));

    // By default, the limit for all rules together is not reached, however busy the machine is. The one for a pattern remains.
    private static (AtlasCloudException? Refused, string[] Warnings) Compose(JsonObject schema, Hashtable values, ValidationLimit? limit = null)
    {
        List<string> warnings = [];
        using IDisposable listening = new AtlasCloudLog((level, text) =>
        {
            if (level == AtlasCloudLogLevel.Warning)
            {
                warnings.Add(text);
            }
        }).Listen();
        ModelSchema read = RawSchema.Parse("a/b", schema.ToJsonString()).Read();
        AtlasCloudException? refused = null;
        long begin = Stopwatch.GetTimestamp();
        try
        {
            RequestComposer.Compose(new GenerationRequest { Model = "a/b", Parameters = values }, null, read, limit ?? new ValidationLimit(clock: new FakeClock()));
        }
        catch (AtlasCloudException exception)
        {
            refused = exception;
        }

        Assert.InRange(Stopwatch.GetElapsedTime(begin).TotalSeconds, 0, MaxSeconds);
        return (refused, [.. warnings]);
    }
}
