using System.Globalization;
using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Tests.Support;

namespace AtlasCloud.Emulation.Tests.Lies;

public sealed class HistoryLieTests
{
    private const string Path = "/api/v1/model/history";

    [Theory]
    [InlineData("history-empty-object", "{}")]
    [InlineData("history-null-data", """{"code":200,"data":null}""")]
    [InlineData("history-sentence", "The history is not available at the moment.")]
    public async Task History_can_contain_nothing(string lie, string expected)
    {
        using Api api = WithLie(lie);
        await api.SubmitImageAsync();

        using HttpResponseMessage reply = await api.GetAsync(Path);

        Assert.Equal((200, expected), ((int)reply.StatusCode, await reply.Content.ReadAsStringAsync()));
    }

    [Theory]
    [InlineData("history-data-list", "data.list", "ID")]
    [InlineData("history-data-array", "data", "ID")]
    [InlineData("history-bare-array", "", "ID")]
    [InlineData("history-other-id-name", "data.items", "job_no")]
    public async Task Items_can_be_elsewhere_or_have_another_ID_member(string lie, string place, string idName)
    {
        using Api api = WithLie(lie);
        string id = await api.SubmitImageAsync();

        JsonNode? items = await ReadAnyAsync(api, Path);
        foreach (string name in place.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            items = items![name];
        }

        Assert.Equal(id, (string)Assert.Single(items!.AsArray())![idName]!);
    }

    [Fact]
    public async Task Items_can_be_in_reverse_order()
    {
        using Api api = WithLie("history-oldest-first");
        string[] ids = [await api.SubmitImageAsync(), await api.SubmitImageAsync(), await api.SubmitImageAsync()];

        Assert.Equal(ids, await IdsAsync(api, Path));
    }

    [Theory]
    [InlineData("history-clock-behind", -5, -5)]
    [InlineData("history-clock-ahead", 15, 15)]
    [InlineData("history-times-behind", -5, 0)]
    [InlineData("history-times-ahead", 15, 0)]
    public async Task Times_can_differ_from_the_clock_with_and_without_the_Date_header(string lie, int minutes, int dateMinutes)
    {
        using Api api = WithLie(lie);
        await api.SubmitImageAsync();
        DateTimeOffset created = api.Clock.GetUtcNow();
        api.Clock.Advance(10);

        using HttpResponseMessage reply = await api.GetAsync(Path);
        JsonNode item = JsonNode.Parse(await reply.Content.ReadAsStringAsync())!["data"]!["items"]![0]!;

        Assert.Equal(created.AddMinutes(minutes).ToUnixTimeSeconds(), long.Parse((string)item["createdAt"]!, CultureInfo.InvariantCulture));
        Assert.Equal(created.AddMinutes(minutes), DateTimeOffset.Parse((string)item["result"]!["created_at"]!, CultureInfo.InvariantCulture), TimeSpan.FromSeconds(1));
        Assert.Equal(api.Clock.GetUtcNow().AddMinutes(dateMinutes), reply.Headers.Date!.Value, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Times_can_be_written_in_another_zone_without_a_designator()
    {
        using Api api = WithLie("history-other-zone");
        await api.SubmitImageAsync();

        JsonNode item = (await api.ReadAsync(Path))["data"]!["items"]![0]!;

        Assert.Equal(api.Clock.GetUtcNow().AddHours(8).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), (string)item["createdAt"]!);
    }

    [Fact]
    public async Task Endless_history_fills_every_page_with_different_tasks_of_the_present()
    {
        using Api api = WithLie("history-endless");
        string id = await api.SubmitImageAsync();
        api.Clock.Advance(60);

        List<string> first = await IdsAsync(api, Path + "?no=1&size=50");
        List<string> later = await IdsAsync(api, Path + "?no=4000&size=50");
        JsonNode item = (await api.ReadAsync(Path + "?no=4000"))["data"]!["items"]![0]!;

        Assert.Equal((50, 50, id), (first.Count, later.Count, first[0]));
        Assert.Equal(100, first.Concat(later).Distinct().Count());
        Assert.Equal(api.Clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), (string)item["createdAt"]!);
    }

    [Fact]
    public async Task Endless_history_answers_the_last_possible_page() =>
        Assert.Equal(10, (await IdsAsync(WithLie("history-endless"), Path + "?no=2147483647")).Count);

    [Fact]
    public async Task Repeated_page_is_always_the_first_one()
    {
        using Api api = WithLie("history-repeated-page");
        await api.SubmitImageAsync();
        await api.SubmitImageAsync();

        Assert.Equal(await IdsAsync(api, Path + "?no=1&size=1"), await IdsAsync(api, Path + "?no=2&size=1"));
    }

    [Theory]
    [InlineData("history-total-too-small", 0)]
    [InlineData("history-total-too-large", int.MaxValue)]
    public async Task Total_can_be_wrong_while_the_items_are_right(string lie, int total)
    {
        using Api api = WithLie(lie);
        string id = await api.SubmitImageAsync();

        JsonNode data = (await api.ReadAsync(Path))["data"]!;

        Assert.Equal((total, id), ((int)data["total"]!, (string)data["items"]![0]!["ID"]!));
    }

    [Fact]
    public async Task History_of_another_account_contains_none_of_the_own_tasks()
    {
        using Api api = WithLie("history-other-account");
        string id = await api.SubmitImageAsync();

        Assert.DoesNotContain(id, await IdsAsync(api, Path));
        Assert.NotEmpty(await IdsAsync(api, Path));
        await Assert.ThrowsAnyAsync<InvalidOperationException>(() => IdsAsync(api, Path + "?no=2"));
    }

    [Fact]
    public async Task Task_can_appear_in_the_history_after_20_minutes_while_it_can_be_read_before()
    {
        using Api api = WithLie("history-lag");
        string id = await api.SubmitImageAsync();

        api.Clock.Advance(19 * 60);
        Assert.Equal(0, (int)(await api.ReadAsync(Path))["data"]!["total"]!);
        Assert.Equal("completed", (string)(await api.PollAsync(id))["status"]!);
        api.Clock.Advance(60);
        Assert.Equal([id], await IdsAsync(api, Path));
    }

    [Fact]
    public async Task Clock_of_the_scenario_applies_to_all_times_but_not_to_the_duration_of_tasks()
    {
        using Api api = Api.With("""{"clock":{"offsetMilliseconds":-300000}}""");
        DateTimeOffset expected = api.Clock.GetUtcNow().AddMinutes(-5);

        using HttpResponseMessage submitted = await api.PostAsync(Api.Image, Some.ImageBody());
        api.Clock.Advance(2);
        JsonNode prediction = await api.PollAsync(api.Emulator.Charges[0].PredictionId);

        Assert.Equal(expected, submitted.Headers.Date!.Value, TimeSpan.FromSeconds(1));
        Assert.Equal("completed", (string)prediction["status"]!);
        Assert.Equal(expected.AddSeconds(2), DateTimeOffset.Parse((string)prediction["completed_at"]!, CultureInfo.InvariantCulture), TimeSpan.FromSeconds(1));
        Assert.Equal(expected.AddMinutes(5), api.Emulator.Charges[0].Time);
    }

    private static Api WithLie(string lie) => Api.With($$"""{"rules":[{"fault":"{{lie}}"}]}""");

    private static async Task<JsonNode?> ReadAnyAsync(Api api, string path)
    {
        using HttpResponseMessage reply = await api.GetAsync(path);
        return JsonNode.Parse(await reply.Content.ReadAsStringAsync());
    }

    private static async Task<List<string>> IdsAsync(Api api, string path) =>
        [.. ((await api.ReadAsync(path))["data"]!["items"] as JsonArray ?? throw new InvalidOperationException("The page has no items.")).Select(item => (string)item!["ID"]!)];
}
