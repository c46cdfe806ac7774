using AtlasCloud.JsonSchema;

namespace AtlasCloud.Tests;

/// <summary>Which values are valid, and the errors of those that are not.</summary>
public sealed class SchemaValidatorTests
{
    [Theory]
    [InlineData("""{"type":"string"}""", "\"a\"", "")]
    [InlineData("""{"type":"string"}""", "1", "$ must be a string, not a number")]
    [InlineData("""{"type":"integer"}""", "2.0", "")]
    [InlineData("""{"type":"integer"}""", "2.5", "$ must be an integer, not a number")]
    [InlineData("""{"type":"number"}""", "1e400", "")]
    [InlineData("""{"type":["string","null"]}""", "null", "")]
    [InlineData("""{"type":["string","null"]}""", "true", "$ must be a string or null, not a boolean")]
    [InlineData("""{"type":"string","nullable":true}""", "null", "")]
    [InlineData("""{"type":"colour"}""", "1", "")]
    [InlineData("""{"enum":["a",1,null]}""", "1.0", "")]
    [InlineData("""{"enum":["a",1]}""", "\"b\"", "$ must be one of \"a\", 1")]
    [InlineData("""{"const":{"a":[1,2]}}""", """{"a":[1,2.0]}""", "")]
    [InlineData("""{"const":null}""", "0", "$ must be null")]
    [InlineData("""{"minimum":1,"maximum":3}""", "4", "$ must be at most 3")]
    [InlineData("""{"minimum":1}""", "0.5", "$ must be at least 1")]
    [InlineData("""{"exclusiveMinimum":1}""", "1", "$ must be more than 1")]
    [InlineData("""{"maximum":1,"exclusiveMaximum":true}""", "1", "$ must be less than 1")]
    [InlineData("""{"maximum":1}""", "1e300", "$ must be at most 1")]
    [InlineData("""{"multipleOf":0.1}""", "0.3", "")]
    [InlineData("""{"multipleOf":8}""", "12", "$ must be a multiple of 8")]
    [InlineData("""{"minLength":2}""", "\"🎬\"", "$ must have at least 2 characters, not 1")]
    [InlineData("""{"maxLength":1}""", "\"ab\"", "$ must have at most 1 characters, not 2")]
    [InlineData("""{"pattern":"^a+$"}""", "\"ab\"", "$ must match the pattern ^a+$")]
    [InlineData("""{"pattern":"("}""", "\"ab\"", "")]
    [InlineData("""{"format":"date"}""", "\"2026-02-30\"", "$ must be a date such as 2026-08-26")]
    [InlineData("""{"format":"date-time"}""", "\"2026-08-26T09:15:02Z\"", "")]
    [InlineData("""{"format":"date-time"}""", "\"noon\"", "$ must be a time such as 2026-08-26T09:15:02Z")]
    [InlineData("""{"minItems":2,"items":{"type":"string"}}""", "[1]", "$ must have at least 2 items, not 1; $[0] must be a string, not a number")]
    [InlineData("""{"maxItems":1}""", "[1,2]", "$ must have at most 1 items, not 2")]
    [InlineData("""{"uniqueItems":true}""", "[1,1.0]", "$ contains a duplicate item")]
    [InlineData("""{"prefixItems":[{"type":"string"}],"items":{"type":"number"}}""", """["a",1,"b"]""", "$[2] must be a number, not a string")]
    [InlineData("""{"items":[{"type":"string"}],"additionalItems":false}""", """["a",1]""", "$[1] is not allowed here")]
    [InlineData("""{"contains":{"const":1}}""", "[2]", "$ contains no item of the required kind")]
    [InlineData("""{"required":["a"],"properties":{"b":{"type":"string"}}}""", """{"b":1}""", "$.a is missing; $.b must be a string, not a number")]
    [InlineData("""{"properties":{"a":{}},"additionalProperties":false}""", """{"a":1,"b c":2}""", "$['b c'] is not a known member")]
    [InlineData("""{"additionalProperties":{"type":"string"}}""", """{"a":{"x":1}}""", "$.a must be a string, not an object")]
    [InlineData("""{"minProperties":1}""", "{}", "$ must have at least 1 members, not 0")]
    [InlineData("""{"properties":{"a":{"items":{"properties":{"b":{"type":"integer"}}}}}}""", """{"a":[{},{"b":"x"}]}""", "$.a[1].b must be an integer, not a string")]
    [InlineData("""{"anyOf":[{"type":"string"},{"type":"integer"}]}""", "1", "")]
    [InlineData("""{"anyOf":[{"type":"string"},{"minimum":5,"multipleOf":2}]}""", "1", "$ matches none of 2 alternatives; the closest: $ must be a string, not a number")]
    [InlineData("""{"oneOf":[{"minimum":1},{"minimum":2}]}""", "3", "$ matches 2 alternatives, but only one is allowed")]
    [InlineData("""{"oneOf":[{"minimum":1},{"minimum":2}]}""", "1", "")]
    [InlineData("""{"allOf":[{"minimum":1},{"maximum":2}]}""", "3", "$ must be at most 2")]
    [InlineData("""{"not":{"const":1}}""", "1", "$ matches a schema that is excluded")]
    [InlineData("""{"if":{"properties":{"a":{"const":1}}},"then":{"required":["b"]},"else":{"required":["c"]}}""", """{"a":1}""", "$.b is missing")]
    [InlineData("""{"if":{"properties":{"a":{"const":1}}},"then":{"required":["b"]},"else":{"required":["c"]}}""", """{"a":2}""", "$.c is missing")]
    [InlineData("""{"$defs":{"n":{"type":"integer"}},"items":{"$ref":"#/$defs/n"}}""", """[1,"a"]""", "$[1] must be an integer, not a string")]
    [InlineData("""{"definitions":{"a/b":{"type":"integer"}},"$ref":"#/definitions/a~1b"}""", "\"a\"", "$ must be an integer, not a string")]
    [InlineData("""{"$ref":"https://example.com/schema"}""", "1", "")]
    [InlineData("""{"$ref":"#"}""", "1", "")]
    [InlineData("true", "1", "")]
    [InlineData("false", "1", "$ is not allowed here")]
    public void Validate_returns_each_error_with_its_path(string schema, string value, string errors) =>
        Assert.Equal(errors, string.Join("; ", SchemaValidator.Validate(Some.Json(value), Some.Json(schema))));

    [Fact]
    public void Validate_checks_a_pattern_that_backtracks_without_end()
    {
        IReadOnlyList<ValidationError> errors = SchemaValidator.Validate(Some.Json($"\"{new string('a', 40)}!\""), Some.Json("""{"pattern":"^(a+)+$"}"""));

        Assert.Equal("pattern", Assert.Single(errors).Keyword);
    }

    [Fact]
    public void Validate_reports_a_pattern_that_only_backtracking_can_match_and_that_times_out()
    {
        ValidationLimit limit = new();

        Assert.Empty(SchemaValidator.Validate(Some.Json($$"""{"a":"{{new string('a', 40)}}!"}"""), Some.Json("""{"properties":{"a":{"pattern":"^(?=a)(a+)+$"}}}"""), limit));
        Assert.Equal("'a' (pattern)", limit.DescribeUnchecked());
    }

    [Theory]
    [InlineData("""{"not":{"properties":{"a":{"type":"integer"}}}}""")]
    [InlineData("""{"oneOf":[{"properties":{"a":{"type":"integer"}}},{"properties":{"a":{"minimum":5}}}]}""")]
    [InlineData("""{"if":{"properties":{"a":{"type":"integer"}}},"then":{"required":["b"]},"else":{"required":["c"]}}""")]
    [InlineData("""{"properties":{"a":{"contains":{"const":1}}}}""")]
    [InlineData("""{"anyOf":[{"properties":{"a":{"type":"integer"}}},{"required":["b"]}]}""")]
    public void Validate_invents_no_error_from_rules_that_were_not_checked(string schema)
    {
        // Time for the outer rule, not for the rules inside.
        ValidationLimit limit = new(TimeSpan.FromSeconds(1), new StepClock(TimeSpan.FromSeconds(0.6)));

        Assert.Empty(SchemaValidator.Validate(Some.Json("""{"a":["x"]}"""), Some.Json(schema), limit));
        Assert.NotNull(limit.DescribeUnchecked());
    }

    [Fact]
    public void Validate_terminates_for_a_schema_that_refers_to_itself_twice() =>
        Assert.NotNull(SchemaValidator.Validate(Some.Json("1"), Some.Json("""{"allOf":[{"$ref":"#"},{"$ref":"#"}]}""")));

    [Fact]
    public void Validate_applies_a_recursive_schema_to_nested_values() => Assert.Equal(
        "$.next.next.value must be an integer, not a string",
        string.Join("; ", SchemaValidator.Validate(
            Some.Json("""{"value":1,"next":{"value":2,"next":{"value":"3"}}}"""),
            Some.Json("""{"properties":{"value":{"type":"integer"},"next":{"$ref":"#"}}}"""))));
}
