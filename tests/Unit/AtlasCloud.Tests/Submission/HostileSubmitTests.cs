using System.Net;
using AtlasCloud.Http;
using AtlasCloud.Submission;

namespace AtlasCloud.Tests;

/// <summary>Submits to a service whose statuses, codes and bodies contradict each other. None may be sent twice, and no task may be lost.</summary>
public sealed class HostileSubmitTests
{
    private const string Path = "/model/generateImage";
    private static readonly string[] s_codes = ["", "0", "200", "\"OK\"", "201", "202", "1", "20000", "-1", "101", "10001", "400", "402", "429", "503", "504", "520", "\"409\""];
    private static readonly int[] s_statuses = [200, 201, 202, 206, 300, 302, 303, 307, 400, 401, 402, 403, 404, 405, 406, 408, 409, 413, 415, 418, 422, 425, 429, 451, 499, 500, 501, 502, 503, 504, 520, 522, 527];
    private static readonly HashSet<int> s_refusals = [400, 401, 402, 403, 404, 405, 413, 415, 422, 429, 451];

    [Fact]
    public async Task Random_envelopes_follow_the_rule_and_no_submit_is_sent_twice()
    {
        Random random = Some.Random();
        for (int i = 0; i < 1500; i++)
        {
            int status = s_statuses[random.Next(s_statuses.Length)];
            string code = s_codes[random.Next(s_codes.Length)];
            bool hasTask = random.Next(2) == 0;
            string body = Envelope(code, hasTask, random);
            StubHandler service = Some.Service().When(Path, StubReply.Json(body, status));
            AtlasCloudOptions options = new() { ApiKey = Some.Key, Budget = 1m };
            AtlasCloudClient client = Some.Client(service.When("/model/calculate", Fixture.Reply("calculate/flat.json")), options: options);
            string shown = $"HTTP {status} {body}";

            (string? id, AtlasCloudException? failure) = await SubmitAsync(client);

            bool isRefusal = !hasTask && IsRefusal(status, code);
            Assert.True(hasTask == (id == Some.Id), shown);
            Assert.True(hasTask || isRefusal == (failure!.Kind != AtlasCloudErrorKind.SubmitOutcomeUnknown), shown);
            Assert.True((hasTask ? 0.08m : 0m, !hasTask && !isRefusal ? 0.08m : 0m) == (client.Budget.Spent, client.Budget.Reserved), shown);

            // HTTP 429 without a task is the only response after which a single submit is sent again.
            Assert.True((isRefusal && status == 429 ? 4 : 1) == service.SeenAt(Path).Count, shown);
        }
    }

    [Theory]
    [InlineData(429)]
    [InlineData(402)]
    [InlineData(500)]
    public async Task Submit_that_was_accepted_is_not_retried_because_of_its_status(int status)
    {
        StubHandler service = Some.Service().When(Path, StubReply.Json($$"""{"code":{{status}},"msg":"no","data":{"id":"{{Some.Id}}","status":"queued"} }""", status), Some.State("queued", "another"));

        Prediction made = await Some.Client(service).Predictions.CreateAsync(Some.Request(), GenerationKind.Image);

        Assert.Equal(Some.Id, made.Id);
        Assert.Single(service.SeenAt(Path));
    }

    [Theory]
    [InlineData(500, """{"code":402,"msg":"insufficient balance"}""")]
    [InlineData(402, """{"code":402,"data":{"id":"b072da7f39c24a5f89cfc5ddfcc01352","status":"queued"}}""")]
    public async Task Concurrent_submits_are_not_retried_after_a_402_that_is_not_a_refusal(int status, string body)
    {
        TaskCompletionSource release = new();
        StubHandler service = Some.Service().When(Path, StubReply.After(release.Task, StubReply.Json(body, status)));
        AtlasCloudClient client = Some.Client(service);

        Task<(string?, AtlasCloudException?)>[] submits = [.. Enumerable.Range(0, 4).Select(_ => SubmitAsync(client))];
        while (service.SeenAt(Path).Count < 4)
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        release.SetResult();
        await Task.WhenAll(submits);

        Assert.Equal(4, service.SeenAt(Path).Count);
    }

    [Fact]
    public async Task Accepted_task_is_in_the_journal_whatever_the_status()
    {
        using TemporaryFolder folder = new();
        string journal = System.IO.Path.Join(folder.Path, "journal.jsonl");
        StubHandler service = Some.Service().When(Path, StubReply.Redirect("/api/v1/model/prediction/" + Some.Id, 303));
        AtlasCloudClient client = Some.Client(service, options: new AtlasCloudOptions { ApiKey = Some.Key, JournalPath = journal });

        Prediction made = await client.Predictions.CreateAsync(Some.Request(), GenerationKind.Image);
        client.Dispose();

        Assert.Equal((Some.Id, PredictionState.InFlight), (made.Id, made.State));
        Assert.Contains(Some.Id, await File.ReadAllTextAsync(journal, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public void Response_of_an_accepted_submit_is_never_a_reason_to_send_it_again() =>
        Assert.All(s_statuses, status => Assert.NotEqual(
            SubmitVerdict.Refused,
            SubmitReply.Read(new ApiResponse((HttpStatusCode)status, [.. "{\"data\":{\"id\":\"a\",\"status\":\"queued\"}}"u8]), ModelKind.Image).Verdict));

    private static string Envelope(string code, bool hasTask, Random random)
    {
        string start = code.Length == 0 ? "" : $"\"code\":{code},";
        string status = ((string[])["created", "starting", "queued", "processing", "running", "pending"])[random.Next(6)];
        string name = ((string[])["id", "task_id", "prediction_id", "predictionId"])[random.Next(4)];
        string task = $"\"{name}\":\"{Some.Id}\",\"status\":\"{status}\"";
        return hasTask
            ? random.Next(3) switch
            {
                0 => $$"""{{{start}}"data":{ {{task}} } }""",
                1 => $$"""{{{start}} {{task}} }""",
                _ => $$"""{{{start}}"msg":"x","data":{"data":{ {{task}} } } }""",
            }
            : random.Next(4) switch
            {
                0 => $$"""{{{start}}"msg":"no","data":null,"request_id":"req_1"}""",
                1 => $$"""{{{start}}"error":{"message":"no"},"data":[]}""",
                2 => $$"""{{{start}}"data":{} }""",
                _ => $$"""{{{start}}"data":{"trace":"req_1","detail":"no"} }""",
            };
    }

    private static bool IsRefusal(int status, string code)
    {
        int number = int.TryParse(code.Trim('"'), out int value) ? value : 0;
        int effective = status is >= 200 and < 300 && number is not (0 or 200) ? number : status;
        return s_refusals.Contains(effective) || (effective == 503 && number == 503);
    }

    private static async Task<(string? Id, AtlasCloudException? Failure)> SubmitAsync(AtlasCloudClient client)
    {
        try
        {
            return ((await client.Predictions.CreateAsync(Some.Request(), GenerationKind.Image)).Id, null);
        }
        catch (AtlasCloudException exception)
        {
            return (null, exception);
        }
    }
}
