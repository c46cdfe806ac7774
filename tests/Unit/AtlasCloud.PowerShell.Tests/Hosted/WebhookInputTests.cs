using System.Collections;
using System.Net;
using AtlasCloud.PowerShell.Binding;

namespace AtlasCloud.PowerShell.Tests.Hosted;

public sealed class WebhookInputTests
{
    public static TheoryData<object> HeaderForms => new(new object[]
    {
        new Hashtable { ["A"] = "1", ["B"] = new[] { "2", "3" } },
        new WebHeaderCollection { { "A", "1" }, { "B", "2" }, { "B", "3" } },
        new Dictionary<string, string[]> { ["A"] = ["1"], ["B"] = ["2", "3"] },
        new Hashtable { ["A"] = 1, ["B"] = new object[] { 2, "3" }, ["C"] = null },
    });

    [Theory]
    [MemberData(nameof(HeaderForms))]
    public void ReadHeaders_accepts_many_types_and_keeps_each_value(object form) =>
        Assert.Equal(["A=1", "B=2", "B=3"], WebhookInput.ReadHeaders(form).Select(h => $"{h.Key}={h.Value}").Order());

    [Fact]
    public void ReadBody_accepts_text_and_bytes()
    {
        Assert.Equal("é"u8.ToArray(), WebhookInput.ReadBody("é"));
        Assert.Equal([1, 255], WebhookInput.ReadBody(new byte[] { 1, 255 }));
        Assert.Equal([1, 255], WebhookInput.ReadBody(new object[] { (byte)1, (byte)255 }));
    }

    [Fact]
    public void ReadBody_throws_for_a_parsed_body() => AssertInvalid(() => WebhookInput.ReadBody(new Hashtable()), "parsed", "RawBody");

    [Fact]
    public void ReadBody_throws_for_a_list_of_lines() => AssertInvalid(() => WebhookInput.ReadBody(new object[] { "{", "}" }), "lines", "Get-Content -Raw");

    [Fact]
    public void ReadHeaders_throws_for_text() => AssertInvalid(() => WebhookInput.ReadHeaders("A: 1"), "-Headers is text", "hashtable");

    private static void AssertInvalid(Action read, string message, string advice)
    {
        AtlasCloudException error = Assert.Throws<AtlasCloudException>(read);

        Assert.Equal(AtlasCloudErrorKind.InvalidParameter, error.Kind);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.EndsWith("The delivery was not verified.", error.Message, StringComparison.Ordinal);
        Assert.Contains(advice, error.RecommendedAction, StringComparison.Ordinal);
    }
}
