using System.Net;
using System.Text;
using AtlasCloud.Http;

namespace AtlasCloud.Tests;

/// <summary>Refusals of shapes that lie between the recorded ones.</summary>
public sealed class MixedWordsTests
{
    [Theory]
    [InlineData("""{"msg":"","message":"the second"}""", "the second")]
    [InlineData("""{"msg":"","error":{"message":"inside"}}""", "inside")]
    [InlineData("""{"error":{"message":"","detail":"deeper"}}""", "deeper")]
    [InlineData("""{"detail":"last"}""", "last")]
    [InlineData("""{"msg":{"odd":1},"message":"text"}""", "text")]
    [InlineData("""{}""", "BadRequest")]
    [InlineData("""[]""", "BadRequest")]
    [InlineData("""<html><body>nothing</body></html>""", "an HTML page instead of a response")]
    public void The_first_words_that_are_not_empty_are_shown(string body, string expected) =>
        Assert.Equal(expected, Find(400, body).ServerMessage);

    [Theory]
    [InlineData(1039, AtlasCloudErrorKind.ContentBlocked)]
    [InlineData(1010002, AtlasCloudErrorKind.ContentBlocked)]
    [InlineData(77, AtlasCloudErrorKind.UnexpectedReply)]
    [InlineData(-1, AtlasCloudErrorKind.UnexpectedReply)]
    [InlineData(500, AtlasCloudErrorKind.ServiceUnavailable)]
    [InlineData(429, AtlasCloudErrorKind.RateLimited)]
    public void A_code_inside_a_success_decides_the_kind(int code, AtlasCloudErrorKind expected) =>
        Assert.Equal(expected, Find(200, $$"""{"code":{{code}},"msg":"no"}""").Kind);

    [Theory]
    [InlineData("200")]
    [InlineData("\"200\"")]
    [InlineData("0")]
    [InlineData("null")]
    [InlineData("\"ok\"")]
    public void A_code_that_says_all_is_well_is_no_failure(string code) =>
        Assert.Null(ResponseErrors.Find(Reply(200, $$"""{"code":{{code}},"data":{} }"""), "a thing", null));

    [Fact]
    public void Words_are_cut_to_a_readable_length() =>
        Assert.InRange(Find(400, $$"""{"msg":"{{new string('x', 100_000)}}"}""").ServerMessage!.Length, 400, 510);

    [Theory]
    [InlineData(400, "text was flagged by content moderation", AtlasCloudErrorKind.ContentBlocked)]
    [InlineData(422, "violates our usage policies", AtlasCloudErrorKind.ContentBlocked)]
    [InlineData(404, "no such thing", AtlasCloudErrorKind.PredictionNotFound)]
    [InlineData(408, "slow", AtlasCloudErrorKind.RequestTimedOut)]
    [InlineData(302, "moved", AtlasCloudErrorKind.UnexpectedReply)]
    [InlineData(415, "type", AtlasCloudErrorKind.InvalidParameter)]
    public void Status_and_words_together_decide_the_kind(int status, string words, AtlasCloudErrorKind expected) =>
        Assert.Equal(expected, Find(status, $$"""{"msg":"{{words}}"}""").Kind);

    private static AtlasCloudException Find(int status, string body) => ResponseErrors.Find(Reply(status, body), "a thing", null)!;

    private static ApiResponse Reply(int status, string body) => new((HttpStatusCode)status, Encoding.UTF8.GetBytes(body));
}
