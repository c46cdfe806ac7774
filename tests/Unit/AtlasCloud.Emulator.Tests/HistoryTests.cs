using System.Text;
using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Tests.Support;

namespace AtlasCloud.Emulation.Tests;

public sealed class HistoryTests : IDisposable
{
    private const string Path = "/api/v1/model/history";

    private readonly Api _api = new();

    public void Dispose() => _api.Dispose();

    [Fact]
    public async Task History_lists_tasks_newest_first_in_the_service_format()
    {
        await _api.SubmitImageAsync();
        _api.Clock.Advance(10);
        JsonObject video = await _api.SubmitAsync(Api.Video, Some.VideoBody());

        JsonObject reply = await _api.ReadAsync(Path);
        JsonArray items = reply["data"]!["items"]!.AsArray();

        Assert.Equal("200", (string)reply["code"]!);
        Assert.Equal((string)video["id"]!, (string)items[0]!["ID"]!);
        Assert.Equal(_api.Clock.GetUtcNow().ToUnixTimeSeconds(), long.Parse((string)items[0]!["createdAt"]!, null));
        Assert.Equal(Some.VideoBody(), (string)items[0]!["requestBody"]!);
        Assert.Null(items[0]!["result"]);
        Assert.Equal("completed", (string)items[1]!["result"]!["status"]!);
    }

    [Theory]
    [InlineData("?state=running", 1)]
    [InlineData("?state=succeeded", 2)]
    [InlineData("?state=failed", 0)]
    [InlineData("?model=black-forest-labs/flux-schnell", 2)]
    [InlineData("?modelPrefix=bytedance/", 1)]
    [InlineData("?page=7&pageSize=1", 3)]
    [InlineData("?status=completed", 2)]
    [InlineData("?status=timeout", 0)]
    [InlineData("?sessionID=ffffffffffffffffffffffffffffffff", 0)]
    public async Task Known_filters_apply_and_unknown_ones_are_ignored(string query, int expected)
    {
        await _api.SubmitImageAsync();
        await _api.SubmitImageAsync();
        _api.Clock.Advance(10);
        await _api.SubmitAsync(Api.Video, Some.VideoBody());

        JsonNode data = (await _api.ReadAsync(Path + query))["data"]!;

        Assert.Equal(expected, (int)data["total"]!);
        Assert.Equal(expected, (data["items"] as JsonArray)?.Count ?? 0);
        Assert.Equal((1, 10), ((int)data["pageNo"]!, (int)data["pageSize"]!));
    }

    [Theory]
    [InlineData("sessionID", "ffffffffffffffffffffffffffffffff")]
    [InlineData("status", "failed")]
    [InlineData("state", "failed")]
    [InlineData("model", "a/b")]
    [InlineData("modelPrefix", "nobody/")]
    public async Task Each_filter_can_be_ignored(string name, string value)
    {
        using Api api = Api.With($$$"""{"rules":[{"path":"*/history","historyPage":{"ignoredFilters":["{{{name}}}"]}}]}""");
        await api.SubmitImageAsync();

        Assert.Equal(1, (int)(await api.ReadAsync($"{Path}?{name}={value}"))["data"]!["total"]!);
        Assert.Equal(0, (int)(await _api.ReadAsync($"{Path}?{name}={value}"))["data"]!["total"]!);
    }

    [Theory]
    [InlineData("seconds-text", "\"{0}\"")]
    [InlineData("seconds", "{0}")]
    [InlineData("milliseconds", "{0}000")]
    [InlineData("milliseconds-text", "\"{0}000\"")]
    [InlineData("iso", null)]
    public async Task Time_of_a_task_can_have_each_form(string form, string? expected)
    {
        using Api api = Api.With($$$"""{"rules":[{"path":"*/history","historyPage":{"times":"{{{form}}}"}}]}""");
        await api.SubmitImageAsync();
        long created = api.Clock.GetUtcNow().ToUnixTimeSeconds();

        JsonNode time = (await api.ReadAsync(Path))["data"]!["items"]![0]!["createdAt"]!;

        if (expected is null)
        {
            Assert.Equal(created, time.GetValue<DateTimeOffset>().ToUnixTimeSeconds());
        }
        else
        {
            Assert.StartsWith(expected.Replace("{0}000", created.ToString(null, null), StringComparison.Ordinal).Replace("{0}", created.ToString(null, null), StringComparison.Ordinal).TrimEnd('"'), time.ToJsonString(), StringComparison.Ordinal);
            Assert.Equal(expected.StartsWith('"'), time.GetValueKind() == System.Text.Json.JsonValueKind.String);
            Assert.Equal(expected.Contains("000", StringComparison.Ordinal) ? 13 : 10, time.ToString().Length);
        }
    }

    [Fact]
    public async Task Page_size_is_at_most_50()
    {
        for (int i = 0; i < 60; i++)
        {
            await _api.SubmitImageAsync();
        }

        JsonNode second = (await _api.ReadAsync(Path + "?no=2&size=100"))["data"]!;

        Assert.Equal(50, (int)second["pageSize"]!);
        Assert.Equal(10, second["items"]!.AsArray().Count);
    }

    [Fact]
    public async Task Record_without_retention_disappears_when_the_task_finishes()
    {
        using StringContent body = new(Some.ImageBody(), Encoding.UTF8, "application/json");
        using HttpResponseMessage submitted = await _api.SendAsync(
            HttpMethod.Post, Api.Image, body, headers: h => h.Add("X-AtlasCloud-Request-Retention-Hours", "0"));

        Assert.Equal(1, (int)(await _api.ReadAsync(Path))["data"]!["total"]!);
        _api.Clock.Advance(10);
        Assert.Equal(0, (int)(await _api.ReadAsync(Path))["data"]!["total"]!);
    }
}
