using AtlasCloud.Models;

namespace AtlasCloud.Tests;

/// <summary>No response causes another exception than AtlasCloudException.</summary>
public sealed class HostileReplyTests
{
    private static readonly string s_deep = string.Concat(Enumerable.Repeat("[", 5000)) + string.Concat(Enumerable.Repeat("]", 5000));
    private static readonly string s_nested = string.Concat(Enumerable.Repeat("{\"a\":", 60)) + "1" + new string('}', 60);

    private static readonly string[] s_values =
    [
        "null", "true", "7", "-1", "1e400", "-0.0", "123456789012345678901234567890", "9223372036854775807", "-9223372036854775808", "-99999999999",
        "\"\"", "\"text\"", "\"\\ud800\"", "\"\\u0000\"", "[]", "[null]", "[[1]]", "{}", "{\"\":1}", "{\"\\ud800\":1}", "{\"value\":{}}", s_nested,
    ];

    private static readonly string[] s_members =
    [
        "code", "id", "status", "outputs", "output", "urls", "error", "error_code", "created_at", "completed_at", "price", "progress",
        "has_nsfw_contents", "executionTime", "timings", "metrics", "files", "thumbnail", "stt_result", "model", "anything",
        "items", "total", "available", "credit_grant", "account", "choices", "usage", "download_url", "price", "discount", "estimated",
        "name", "type", "tags", "categories", "display_console", "priority", "supported_protocols",
    ];

    public static TheoryData<string> Bodies
    {
        get
        {
            TheoryData<string> bodies = ["", " ", "null", "0", "\"x\"", "[]", "{", "{\"data\":", "\u0000", "<html>", s_deep, s_nested, "{\"data\":" + s_nested + "}"];
            foreach (string value in s_values)
            {
                string all = string.Join(',', s_members.Distinct().Select(m => $"\"{m}\":{value}"));
                bodies.Add($"{{{all}}}");
                bodies.Add($"{{\"code\":200,\"data\":{{{all}}}}}");
                bodies.Add($"{{\"code\":200,\"data\":{value}}}");
                bodies.Add($"{{\"data\":[{value},{{{all}}}]}}");
                bodies.Add($"{{\"data\":{{\"items\":[{value},{{\"ID\":\"a\",\"result\":{{{all}}},\"requestBody\":{value},\"createdAt\":{value}}}]}}}}");
                bodies.Add($"{{\"choices\":[{{\"message\":{{\"content\":{value},\"tool_calls\":{value}}},\"delta\":{{\"tool_calls\":[{{\"index\":{value},\"function\":{value}}}]}},\"finish_reason\":{value}}}],\"id\":{value}}}");
                bodies.Add($"{{\"id\":\"a\",\"status\":\"completed\",\"outputs\":[{value},{{\"url\":{value}}}],\"files\":[{value}],\"x\":{value}}}");
                bodies.Add($"{{\"model\":\"x\",\"data\":[{{\"model\":\"a/b\",\"price\":{{\"actual\":{value}}},\"tags\":[{value}],\"display_console\":{value},\"priority\":{value}}}]}}");
            }

            return bodies;
        }
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Hostile_response_throws_no_other_exception_than_AtlasCloudException(string body)
    {
        foreach (int status in (int[])[200, 400, 500])
        {
            StubHandler service = new StubHandler().When("/", StubReply.Json(body, status));
            AtlasCloudClient client = Some.Client(service, options: new AtlasCloudOptions { ApiKey = Some.Key, MaximumRetryCount = 0 });

            await AssertThrowsNothingElseAsync(() => client.Account.GetBalanceAsync());
            await AssertThrowsNothingElseAsync(() => client.Predictions.GetAsync("a"));
            await AssertThrowsNothingElseAsync(() => client.Models.ListAsync());
            await AssertThrowsNothingElseAsync(() => client.Predictions.CreateAsync(Some.Request("a/b"), GenerationKind.Image));
            await AssertThrowsNothingElseAsync(() => client.Predictions.QuoteAsync(Some.Request("a/b"), GenerationKind.Image));
            await AssertThrowsNothingElseAsync(() => client.Chat.CompleteAsync(SomeChat.Request()));
            await AssertThrowsNothingElseAsync(async () => await client.Predictions.ListHistoryAsync(new HistoryQuery()).GetAsyncEnumerator().MoveNextAsync());
        }
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Hostile_event_of_a_stream_throws_no_other_exception_than_AtlasCloudException(string body)
    {
        string line = body.ReplaceLineEndings(" ");
        StubReply stream = StubReply.Text($"data: {line}\n\ndata: {line}\n\n", 200, "text/event-stream");

        await AssertThrowsNothingElseAsync(() => SomeChat.StreamAsync(SomeChat.Service(stream)));
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public void Hostile_schema_does_not_throw(string body)
    {
        if (new Http.ApiResponse(System.Net.HttpStatusCode.OK, System.Text.Encoding.UTF8.GetBytes(body)).Json is System.Text.Json.JsonElement document)
        {
            Assert.Null(Record.Exception(() => SchemaReader.Read(document)));
        }
    }

    private static async Task AssertThrowsNothingElseAsync<T>(Func<Task<T>> action)
    {
        Exception? thrown = await Record.ExceptionAsync(async () => await action());
        Assert.True(thrown is null or AtlasCloudException, thrown?.ToString());
    }
}
