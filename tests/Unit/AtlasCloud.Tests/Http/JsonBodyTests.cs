using System.Text.Json.Nodes;
using AtlasCloud.Http;

namespace AtlasCloud.Tests;

public sealed class JsonBodyTests
{
    [Fact]
    public async Task Content_does_not_escape_letters_of_any_alphabet()
    {
        using HttpContent content = JsonBody.Create(JsonBody.Serialize(new JsonObject { ["text"] = "ünï 漢字 <b>'&'</b> \"\n" }));

        Assert.Equal("application/json", content.Headers.ContentType!.ToString());
        Assert.Equal("""{"text":"ünï 漢字 <b>'&'</b> \"\n"}""", await content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Content_can_be_created_again_after_the_first_was_disposed()
    {
        byte[] body = JsonBody.Serialize(new JsonObject { ["a"] = 1 });
        JsonBody.Create(body).Dispose();

        using HttpContent second = JsonBody.Create(body);

        Assert.Equal("""{"a":1}""", await second.ReadAsStringAsync());
    }
}
