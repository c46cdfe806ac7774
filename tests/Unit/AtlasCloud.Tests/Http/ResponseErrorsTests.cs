using System.Net;
using System.Text;
using AtlasCloud.Http;

namespace AtlasCloud.Tests;

/// <summary>Error responses of shapes that were not recorded.</summary>
public sealed class ResponseErrorsTests
{
    [Theory]
    [InlineData("""{"msg":"","message":"the second"}""", "the second")]
    [InlineData("""{"msg":"","error":{"message":"inside"}}""", "inside")]
    [InlineData("""{"error":{"message":"","detail":"deeper"}}""", "deeper")]
    [InlineData("""{"detail":"last"}""", "last")]
    [InlineData("""{"msg":{"odd":1},"message":"text"}""", "text")]
    [InlineData("""{}""", "BadRequest")]
    [InlineData("""[]""", "BadRequest")]
    public void ServerMessage_is_the_first_text_that_is_not_empty(string body, string expected) =>
        Assert.Equal(expected, Find(400, body).ServerMessage);

    [Fact]
    public void HTML_page_without_a_title_is_not_a_message()
    {
        AtlasCloudException error = Find(400, "<html><body>nothing</body></html>");

        Assert.Null(error.ServerMessage);
        Assert.Equal("The request for a thing failed (HTTP 400). The response is an HTML page, not JSON.", error.Message);
    }

    [Theory]
    [InlineData(1039, AtlasCloudErrorKind.ContentBlocked)]
    [InlineData(1010002, AtlasCloudErrorKind.ContentBlocked)]
    [InlineData(77, AtlasCloudErrorKind.UnexpectedReply)]
    [InlineData(-1, AtlasCloudErrorKind.UnexpectedReply)]
    [InlineData(500, AtlasCloudErrorKind.ServiceUnavailable)]
    [InlineData(429, AtlasCloudErrorKind.RateLimited)]
    public void Code_in_an_HTTP_200_response_determines_the_kind(int code, AtlasCloudErrorKind expected) =>
        Assert.Equal(expected, Find(200, $$"""{"code":{{code}},"msg":"no"}""").Kind);

    [Theory]
    [InlineData("200")]
    [InlineData("\"200\"")]
    [InlineData("0")]
    [InlineData("null")]
    [InlineData("\"ok\"")]
    public void Success_code_is_not_an_error(string code) =>
        Assert.Null(ResponseErrors.Find(Reply(200, $$"""{"code":{{code}},"data":{} }"""), "a thing", null));

    [Fact]
    public void ServerMessage_is_truncated() =>
        Assert.InRange(Find(400, $$"""{"msg":"{{new string('x', 100_000)}}"}""").ServerMessage!.Length, 400, 510);

    [Theory]
    [InlineData(400, "text was flagged by content moderation", AtlasCloudErrorKind.ContentBlocked)]
    [InlineData(422, "violates our usage policies", AtlasCloudErrorKind.ContentBlocked)]
    [InlineData(404, "no such thing", AtlasCloudErrorKind.PredictionNotFound)]
    [InlineData(408, "slow", AtlasCloudErrorKind.RequestTimedOut)]
    [InlineData(302, "moved", AtlasCloudErrorKind.UnexpectedReply)]
    [InlineData(415, "type", AtlasCloudErrorKind.InvalidParameter)]
    public void Status_and_message_determine_the_kind(int status, string message, AtlasCloudErrorKind expected) =>
        Assert.Equal(expected, Find(status, $$"""{"msg":"{{message}}"}""").Kind);

    private static AtlasCloudException Find(int status, string body) => ResponseErrors.Find(Reply(status, body), "a thing", null)!;

    private static ApiResponse Reply(int status, string body) => new((HttpStatusCode)status, Encoding.UTF8.GetBytes(body));
}
