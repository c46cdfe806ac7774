using System.Text.Json.Nodes;
using AtlasCloud.Requests;

namespace AtlasCloud.Tests.Journals;

public class RequestDigestTests
{
    private const string Body = """{"model":"acme/paint","prompt":"Zürich 🎈","seed":1,"strength":0.5,"images":["a","b"],"size":{"w":1,"h":2}}""";

    [Theory]
    [InlineData("""{"size":{"h":2,"w":1},"images":["a","b"],"strength":0.5,"seed":1,"prompt":"Zürich 🎈","model":"acme/paint"}""")]
    [InlineData("""{ "model" : "acme/paint", "prompt": "Zürich 🎈", "seed": 1, "strength": 0.5, "images": [ "a" , "b" ], "size": { "w": 1, "h": 2 } }""")]
    [InlineData("""{"model":"acme\/paint","prompt":"Z\u00fcrich \ud83c\udf88","seed":1,"strength":0.5,"images":["a","b"],"size":{"w":1,"h":2}}""")]
    [InlineData("""{"model":"acme/paint","prompt":"Zürich 🎈","seed":1.0,"strength":5e-1,"images":["a","b"],"size":{"w":1e0,"h":20E-1}}""")]
    [InlineData("""{"model":"acme/paint","prompt":"Zürich 🎈","seed":1,"strength":0.50,"images":["a","b"],"size":{"w":1,"h":2},"nothing":null}""")]
    [InlineData("""{"m\u006fdel":"acme/paint","prompt":"old","prompt":"Zürich 🎈","seed":1,"strength":0.5,"images":["a","b"],"size":{"w":1,"h":2}}""")]
    [InlineData("""{"model":"acme/paint","prompt":"Zürich 🎈","seed":1,"strength":0.5,"images":["a","b"],"size":{"w":1,"h":2},"webhook_url":"https://me.example/x"}""")]
    public void Digest_ignores_the_formatting_of_the_JSON(string other) =>
        Assert.Equal(Digest(Body), Digest(other));

    [Theory]
    [InlineData("""{"model":"acme/other","prompt":"Zürich 🎈","seed":1,"strength":0.5,"images":["a","b"],"size":{"w":1,"h":2}}""")]
    [InlineData("""{"model":"acme/paint","prompt":"Zürich 🎈 ","seed":1,"strength":0.5,"images":["a","b"],"size":{"w":1,"h":2}}""")]
    [InlineData("""{"model":"acme/paint","prompt":"Zürich 🎈","seed":2,"strength":0.5,"images":["a","b"],"size":{"w":1,"h":2}}""")]
    [InlineData("""{"model":"acme/paint","prompt":"Zürich 🎈","seed":"1","strength":0.5,"images":["a","b"],"size":{"w":1,"h":2}}""")]
    [InlineData("""{"model":"acme/paint","prompt":"Zürich 🎈","seed":1,"strength":0.5,"images":["b","a"],"size":{"w":1,"h":2}}""")]
    [InlineData("""{"model":"acme/paint","prompt":"Zürich 🎈","seed":1,"strength":0.5,"images":["a","b"],"size":{"w":2,"h":1}}""")]
    [InlineData("""{"model":"acme/paint","prompt":"Zürich 🎈","seed":1,"strength":0.5,"images":["a","b"]}""")]
    [InlineData("""{"prompt":"Zürich 🎈","seed":1,"strength":0.5,"images":["a","b"],"size":{"w":1,"h":2}}""")]
    public void Digest_differs_for_different_values(string other) => Assert.NotEqual(Digest(Body), Digest(other));

    [Fact]
    public void Digest_distinguishes_a_string_with_brackets_from_a_list() =>
        Assert.NotEqual(Digest("""{"a":"[\"b\"]"}"""), Digest("""{"a":["b"]}"""));

    [Fact]
    public void Digest_of_a_request_equals_that_of_its_history_item()
    {
        JsonObject sent = new() { ["model"] = "google/nano-banana-2/text-to-image", ["prompt"] = "A beautiful mountain landscape at golden hour" };
        string body = Fixture.Json("history/page1.json").GetProperty("data").GetProperty("items")[0].GetProperty("requestBody").GetString()!;
        Assert.Equal(RequestDigest.Compute(sent), Digest(body));
    }

    [Fact]
    public void Digest_includes_a_model_that_is_given_outside_the_body()
    {
        string inside = Digest("""{"model":"acme/paint","prompt":"x"}""");
        Assert.Equal(inside, Digest("""{"prompt":"x"}""", "acme/paint"));
        Assert.Equal(inside, Digest("""{"prompt":"x","model":null}""", "acme/paint"));
        Assert.Equal(inside, Digest("""{"model":"acme/paint","prompt":"x"}""", "acme/other"));
    }

    [Fact]
    public void Digest_is_a_SHA256_in_lower_case_hexadecimal() => Assert.Matches("^[0-9a-f]{64}$", Digest(Body));

    [Fact]
    public void Digest_is_computed_for_hostile_values()
    {
        Assert.NotNull(Digest("""{"a":"\ud800","\udfff":1,"b":1e999,"c":-0,"d":123456789012345678901234567890}"""));
        Assert.Equal(Digest("""{"a":-0.0}"""), Digest("""{"a":0}"""));
        Assert.Equal(Digest("""{"a":1e2}"""), Digest("""{"a":100}"""));
    }

    private static string Digest(string json, string? model = null) => RequestDigest.Compute(Some.Json(json), model);
}
