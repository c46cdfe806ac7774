using System.Net;
using System.Text;
using AtlasCloud.Http;
using AtlasCloud.Submission;

namespace AtlasCloud.Tests;

/// <summary>What the response to a submit proves, as a table.</summary>
public sealed class SubmitReplyTests
{
    private const string Task = $$"""{"id":"{{Some.Id}}","status":"processing"}""";

    public static TheoryData<int> Refusals => [400, 401, 402, 403, 404, 405, 413, 415, 422, 429, 451];

    public static TheoryData<int> OtherStatuses =>
        [300, 302, 303, 304, 307, 406, 407, 408, 409, 410, 411, 412, 414, 416, 418, 421, 423, 424, 425, 426, 428, 431, 444, 460, 494, 499, 500, 501, 502, 503, 504, 505, 507, 508, 511, 520, 521, 522, 523, 524, 525, 526, 527, 529, 530, 598, 599];

    [Theory]
    [InlineData(200, "200")]
    [InlineData(200, "0")]
    [InlineData(201, "200")]
    [InlineData(202, "202")]
    [InlineData(200, "201")]
    [InlineData(200, "20000")]
    [InlineData(200, "1")]
    [InlineData(200, "-1")]
    [InlineData(200, "\"OK\"")]
    [InlineData(200, "402")]
    [InlineData(200, "503")]
    [InlineData(302, "302")]
    [InlineData(400, "400")]
    [InlineData(402, "402")]
    [InlineData(409, "409")]
    [InlineData(429, "429")]
    [InlineData(500, "500")]
    [InlineData(503, "503")]
    [InlineData(520, "520")]
    public void ID_with_a_live_status_is_an_acceptance(int status, string code)
    {
        foreach (string body in new[] { $$"""{"code":{{code}},"message":"x","data":{{Task}}}""", Task, $$"""{"code":{{code}},"data":{"data":{{Task}} } }""" })
        {
            Assert.Equal((SubmitVerdict.Accepted, Some.Id), Read(status, body));
        }
    }

    [Theory]
    [InlineData("created")]
    [InlineData("Queued")]
    [InlineData("in_queue")]
    [InlineData("completed")]
    [InlineData("warming up")]
    public void Any_live_status_in_the_envelope_is_an_acceptance(string status) =>
        Assert.Equal((SubmitVerdict.Accepted, Some.Id), Read(503, $$"""{"code":503,"data":{"task_id":"{{Some.Id}}","state":"{{status}}"} }"""));

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Listed_status_without_a_task_is_a_refusal(int status)
    {
        foreach (string body in new[] { $$"""{"code":{{status}},"msg":"no","request_id":"req_1","data":null}""", "{}", "", "<html>no</html>", $$"""{"status":{{status}},"id":"err_1"}""" })
        {
            Assert.Equal(SubmitVerdict.Refused, Read(status, body).Verdict);
        }

        Assert.Equal(SubmitVerdict.Refused, Read(200, $$"""{"code":{{status}},"msg":"no"}""").Verdict);
        Assert.Equal(SubmitVerdict.Refused, Read(201, $$"""{"code":"{{status}}","msg":"no"}""").Verdict);
        Assert.Equal(SubmitVerdict.Unknown, Read(500, $$"""{"code":{{status}},"msg":"no"}""").Verdict);
    }

    [Theory]
    [MemberData(nameof(OtherStatuses))]
    public void Any_other_status_without_a_task_is_unknown(int status)
    {
        foreach (string body in new[] { $$"""{"code":400,"msg":"no","data":null}""", "{}", "", "<html>no</html>", """{"error":"no"}""", $$"""{"status":{{status}},"id":"err_1"}""" })
        {
            Assert.Equal(SubmitVerdict.Unknown, Read(status, body).Verdict);
        }
    }

    [Theory]
    [InlineData("520")]
    [InlineData("504")]
    [InlineData("408")]
    [InlineData("499")]
    [InlineData("-1")]
    [InlineData("1")]
    [InlineData("101")]
    [InlineData("10001")]
    [InlineData("20000")]
    [InlineData("99999999999")]
    [InlineData("\"ERR\"")]
    [InlineData("200")]
    [InlineData("0")]
    public void Any_other_code_without_a_task_is_unknown(string code)
    {
        Assert.Equal(SubmitVerdict.Unknown, Read(200, $$"""{"code":{{code}},"msg":"no","data":null}""").Verdict);
        Assert.Equal(SubmitVerdict.Unknown, Read(202, $$"""{"code":{{code}}}""").Verdict);
    }

    [Theory]
    [InlineData("""{"code":503,"msg":"service temporarily unavailable","data":null}""", SubmitVerdict.Refused)]
    [InlineData("""{"code":"503","message":"busy"}""", SubmitVerdict.Refused)]
    [InlineData("""{"error":"no healthy upstream"}""", SubmitVerdict.Unknown)]
    [InlineData("""{"code":503,"data":{"id":"b072da7f39c24a5f89cfc5ddfcc01352"}}""", SubmitVerdict.Accepted)]
    [InlineData("<h1>503</h1>", SubmitVerdict.Unknown)]
    [InlineData("", SubmitVerdict.Unknown)]
    public void HTTP_503_is_a_refusal_only_in_the_words_of_the_service(string body, object expected) => Assert.Equal(expected, Read(503, body).Verdict);

    [Theory]
    [InlineData(409, SubmitVerdict.Accepted)]
    [InlineData(500, SubmitVerdict.Accepted)]
    [InlineData(400, SubmitVerdict.Unknown)]
    [InlineData(429, SubmitVerdict.Unknown)]
    public void ID_without_a_status_is_an_acceptance_unless_the_request_is_refused_too(int status, object expected) =>
        Assert.Equal(expected, Read(status, $$"""{"code":{{status}},"data":{"id":"{{Some.Id}}"} }""").Verdict);

    [Theory]
    [InlineData(302, "https://api.atlascloud.ai/api/v1/model/prediction/" + Some.Id)]
    [InlineData(303, "/api/v1/model/prediction/" + Some.Id + "?wait=1")]
    [InlineData(307, "prediction/" + Some.Id)]
    [InlineData(301, "https://console.atlascloud.ai/api/v1/model/result/" + Some.Id + "/")]
    [InlineData(302, "https://api.atlascloud.ai/api/v1/model/getResult?predictionId=" + Some.Id)]
    [InlineData(201, "/api/v1/model/prediction/" + Some.Id)]
    [InlineData(202, "/api/v1/model/prediction/" + Some.Id)]
    [InlineData(409, "/api/v1/model/prediction/" + Some.Id)]
    public void Location_of_a_prediction_is_an_acceptance(int status, string location) =>
        Assert.Equal((SubmitVerdict.Accepted, Some.Id), Read(status, "", location));

    [Theory]
    [InlineData(302, "https://login.atlascloud.ai/?next=/model/generateImage")]
    [InlineData(302, "/api/v1/model/prediction/")]
    [InlineData(302, "/api/v1/model/prediction/..")]
    [InlineData(303, "/api/v1/model/prediction/a/b")]
    [InlineData(422, "/api/v1/model/prediction/" + Some.Id)]
    public void Other_redirects_are_unknown(int status, string location) => Assert.Equal(SubmitVerdict.Unknown, Read(status, "", location).Verdict);

    [Fact]
    public void Address_of_a_prediction_in_the_body_is_an_acceptance() =>
        Assert.Equal((SubmitVerdict.Accepted, Some.Id), Read(200, $$"""{"code":200,"data":{"urls":{"get":"https://x/api/v1/model/prediction/{{Some.Id}}"} } }"""));

    [Theory]
    [InlineData(200, """{"code":200,"data":{"id":"a1","status":"failed"}}""", SubmitVerdict.Accepted)]
    [InlineData(500, """{"code":500,"data":{"id":"a1","status":"failed"}}""", SubmitVerdict.Accepted)]
    [InlineData(400, """{"code":400,"data":{"id":"a1","status":"failed"}}""", SubmitVerdict.Refused)]
    [InlineData(500, """{"id":"trace-1","status":"error","message":"x"}""", SubmitVerdict.Unknown)]
    [InlineData(200, """{"status":"error","message":"internal"}""", SubmitVerdict.Unknown)]
    [InlineData(200, """{"code":200,"data":{"task_id":"one","prediction_id":"two","status":"queued"}}""", SubmitVerdict.Unknown)]
    [InlineData(200, """{"code":200,"data":{"id":"not an id","status":"queued"}}""", SubmitVerdict.Unknown)]
    [InlineData(409, """{"created":1,"data":[{"b64_json":"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="}]}""", SubmitVerdict.Accepted)]
    public void Failures_and_results_are_judged_by_what_they_name(int status, string body, object expected) => Assert.Equal(expected, Read(status, body).Verdict);

    private static (SubmitVerdict Verdict, string? Id) Read(int status, string body, string? location = null)
    {
        SubmitReply reply = SubmitReply.Read(new ApiResponse((HttpStatusCode)status, Encoding.UTF8.GetBytes(body)) { Location = location }, ModelKind.Image);
        Assert.Equal(reply.Verdict == SubmitVerdict.Accepted, reply.Prediction is not null);
        Assert.Equal(reply.Verdict == SubmitVerdict.Unknown, reply.Doubt is not null);
        return (reply.Verdict, reply.Prediction?.Id);
    }
}
