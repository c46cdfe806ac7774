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
    public void How_the_JSON_is_written_does_not_matter(string other) =>
        Assert.Equal(RequestDigest.OfText(Body), RequestDigest.OfText(other));

    [Theory]
    [InlineData("""{"model":"acme/other","prompt":"Zürich 🎈","seed":1,"strength":0.5,"images":["a","b"],"size":{"w":1,"h":2}}""")]
    [InlineData("""{"model":"acme/paint","prompt":"Zürich 🎈 ","seed":1,"strength":0.5,"images":["a","b"],"size":{"w":1,"h":2}}""")]
    [InlineData("""{"model":"acme/paint","prompt":"Zürich 🎈","seed":2,"strength":0.5,"images":["a","b"],"size":{"w":1,"h":2}}""")]
    [InlineData("""{"model":"acme/paint","prompt":"Zürich 🎈","seed":"1","strength":0.5,"images":["a","b"],"size":{"w":1,"h":2}}""")]
    [InlineData("""{"model":"acme/paint","prompt":"Zürich 🎈","seed":1,"strength":0.5,"images":["b","a"],"size":{"w":1,"h":2}}""")]
    [InlineData("""{"model":"acme/paint","prompt":"Zürich 🎈","seed":1,"strength":0.5,"images":["a","b"],"size":{"w":2,"h":1}}""")]
    [InlineData("""{"model":"acme/paint","prompt":"Zürich 🎈","seed":1,"strength":0.5,"images":["a","b"]}""")]
    [InlineData("""{"prompt":"Zürich 🎈","seed":1,"strength":0.5,"images":["a","b"],"size":{"w":1,"h":2}}""")]
    public void What_it_says_does(string other) => Assert.NotEqual(RequestDigest.OfText(Body), RequestDigest.OfText(other));

    [Fact]
    public void Text_with_brackets_is_not_a_list() =>
        Assert.NotEqual(RequestDigest.OfText("""{"a":"[\"b\"]"}"""), RequestDigest.OfText("""{"a":["b"]}"""));

    [Fact]
    public void What_is_sent_has_the_digest_of_what_the_history_shows()
    {
        JsonObject sent = new() { ["model"] = "google/nano-banana-2/text-to-image", ["prompt"] = "A beautiful mountain landscape at golden hour" };
        string body = Fixture.Json("history/page1.json").GetProperty("data").GetProperty("items")[0].GetProperty("requestBody").GetString()!;
        Assert.Equal(RequestDigest.Of(sent), RequestDigest.OfText(body));
    }

    [Fact]
    public void A_model_that_stands_beside_the_body_counts_as_in_it()
    {
        string inside = RequestDigest.OfText("""{"model":"acme/paint","prompt":"x"}""")!;
        Assert.Equal(inside, RequestDigest.OfText("""{"prompt":"x"}""", "acme/paint"));
        Assert.Equal(inside, RequestDigest.OfText("""{"prompt":"x","model":null}""", "acme/paint"));
        Assert.Equal(inside, RequestDigest.OfText("""{"model":"acme/paint","prompt":"x"}""", "acme/other"));
    }

    [Fact]
    public void It_is_a_SHA_256_in_hexadecimal() => Assert.Matches("^[0-9a-f]{64}$", RequestDigest.OfText(Body));

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("{\"a\":")]
    public void What_is_no_object_has_none(string text) => Assert.Null(RequestDigest.OfText(text));

    [Fact]
    public void Hostile_bodies_have_one_or_none_and_nothing_is_thrown()
    {
        Assert.Null(RequestDigest.OfText("{\"a\":\"\ud800\"}"));
        Assert.Null(RequestDigest.OfText(string.Concat(Enumerable.Repeat("{\"a\":", 10_000))));
        Assert.NotNull(RequestDigest.OfText("""{"a":"\ud800","\udfff":1,"b":1e999,"c":-0,"d":123456789012345678901234567890}"""));
        Assert.Equal(RequestDigest.OfText("""{"a":-0.0}"""), RequestDigest.OfText("""{"a":0}"""));
        Assert.Equal(RequestDigest.OfText("""{"a":1e2}"""), RequestDigest.OfText("""{"a":100}"""));
    }
}
