using System.Text.Json.Nodes;
using AtlasCloud.Predictions;

namespace AtlasCloud.Tests.Journals;

/// <summary>Whatever the history says, a request that was paid is never written off: it is found, or it stays open.</summary>
public sealed class LyingHistoryTests : IDisposable
{
    private readonly RecoveryScene _scene = new();

    public void Dispose() => _scene.Dispose();

    public static TheoryData<string> Lies => [.. s_lies.Keys];

    private static readonly Dictionary<string, Func<JsonArray, int, JsonNode?>> s_lies = new(StringComparer.Ordinal)
    {
        ["an empty object"] = (_, _) => new JsonObject(),
        ["data null"] = (_, _) => new JsonObject { ["data"] = null },
        ["data empty"] = (_, _) => new JsonObject { ["code"] = "200", ["data"] = new JsonObject() },
        ["items null without a page"] = (_, _) => new JsonObject { ["data"] = new JsonObject { ["items"] = null } },
        ["items null"] = (_, _) => new JsonObject { ["code"] = "200", ["data"] = new JsonObject { ["items"] = null, ["pageNo"] = 1, ["total"] = 0 } },
        ["no items"] = (_, _) => HistoryHost.Envelope([], 0),
        ["a sentence as JSON"] = (_, _) => JsonValue.Create("The history is being prepared."),
        ["a sentence"] = (_, _) => null,
        ["items as a sentence"] = (_, _) => new JsonObject { ["data"] = new JsonObject { ["items"] = "none", ["total"] = 0 } },
        ["items as an object"] = (items, _) => new JsonObject { ["data"] = new JsonObject { ["items"] = new JsonObject { ["0"] = items[0]!.DeepClone() } } },
        ["items of numbers"] = (_, _) => HistoryHost.Envelope([1, 2, 3], 3),
        ["items without the lost task and a total that says so"] = (items, page) => HistoryHost.Envelope(page == 1 ? Without(items, "a lighthouse") : [], 3),
        ["another ID member"] = (items, _) => HistoryHost.Envelope(ChangeEach(items, i => Move(i, "ID", "taskNumber")), 3),
        ["another ID member of the lost task"] = (items, _) => HistoryHost.Envelope(ChangeEach(items, i => IsLost(i) ? Move(i, "ID", "taskNumber") : i), 3),
        ["an invalid ID of the lost task"] = (items, _) => HistoryHost.Envelope(ChangeEach(items, i => IsLost(i) ? Set(i, "ID", "../x") : i), 3),
        ["a result with another ID"] = (items, _) => HistoryHost.Envelope(ChangeEach(items, i => Set(i, "result", new JsonObject { ["id"] = "other-9", ["status"] = "completed" })), 3),
        ["another member for the request"] = (items, _) => HistoryHost.Envelope(ChangeEach(items, i => Move(i, "requestBody", "request")), 3),
        ["a request that is cut off"] = (items, _) => HistoryHost.Envelope(ChangeEach(items, i => Set(i, "requestBody", i["requestBody"]!.GetValue<string>()[..9])), 3),
        ["a request with additions"] = (items, _) => HistoryHost.Envelope(ChangeEach(items, i => Set(i, "requestBody", i["requestBody"]!.GetValue<string>().Replace("{", "{\"seed\":1,", StringComparison.Ordinal))), 3),
        ["no time of the lost task"] = (items, _) => HistoryHost.Envelope(ChangeEach(items, i => IsLost(i) ? Set(i, "createdAt", "yesterday") : i), 3),
        ["the lost task a year ago"] = (items, _) => HistoryHost.Envelope(ChangeEach(items, i => IsLost(i) ? Set(i, "createdAt", "1756199702") : i), 3),
        ["the lost task in the future"] = (items, _) => HistoryHost.Envelope(ChangeEach(items, i => IsLost(i) ? Set(i, "createdAt", "4102444800") : i), 3),
        ["the newest task only"] = (items, _) => HistoryHost.Envelope([items[0]!.DeepClone()], 1),
        ["the oldest task only"] = (items, _) => HistoryHost.Envelope([items[^1]!.DeepClone()], 1),
        ["a page that repeats without the lost task"] = (items, _) => HistoryHost.Envelope(Without(items, "a lighthouse"), 99),
        ["an error code"] = (_, _) => new JsonObject { ["code"] = "500", ["msg"] = "internal", ["data"] = null },
    };

    [Theory]
    [MemberData(nameof(Lies))]
    public async Task Lost_request_is_never_written_off(string lie)
    {
        await _scene.LoseBetweenOthersAsync();
        _scene.Host.Page = s_lies[lie];

        await _scene.SettleAsync();

        Assert.True((await _scene.LostEntryAsync()).IsOpen);

        // The truth is found later, whatever was said before.
        _scene.Host.Page = null;
        Assert.True((await _scene.LostEntryAsync()) is { PredictionId: "task-2" } || (await _scene.SettleAsync())[0].Prediction?.Id == "task-2");
    }

    [Theory]
    [InlineData("list")]
    [InlineData("records")]
    [InlineData("data")]
    public async Task Lost_task_is_found_in_a_list_with_an_undocumented_name(string name)
    {
        await _scene.LoseBetweenOthersAsync();
        _scene.Host.Page = (items, _) => name == "data" ? new JsonObject { ["data"] = items } : new JsonObject { ["data"] = new JsonObject { [name] = items } };

        Assert.Equal("task-2", Assert.Single(await _scene.SettleAsync()).Prediction?.Id);
    }

    [Fact]
    public async Task Lost_task_is_found_in_a_history_with_the_oldest_task_first()
    {
        for (int i = 0; i < 120; i++)
        {
            _scene.Host.Add(HistoryHost.Body($"old {i}"), TimeSpan.FromDays(3) - TimeSpan.FromMinutes(i));
        }

        await _scene.LoseAsync();
        _scene.Host.Page = (_, page) => HistoryHost.Envelope(OldestFirst(page), 121);

        Assert.Equal("task-121", Assert.Single(await _scene.SettleAsync()).Prediction?.Id);
    }

    [Theory]
    [InlineData(-5)]
    [InlineData(15)]
    [InlineData(45)]
    public async Task Lost_task_is_found_if_the_clock_of_the_service_is_wrong_and_its_Date_header_shows_it(int minutes)
    {
        _scene.Host.Ahead = TimeSpan.FromMinutes(minutes);
        await _scene.LoseBetweenOthersAsync();

        Assert.Equal("task-2", Assert.Single(await _scene.SettleAsync()).Prediction?.Id);
    }

    [Theory]
    [InlineData(-5)]
    [InlineData(15)]
    [InlineData(8 * 60)]
    [InlineData(-11 * 60)]
    [InlineData(60 * 24 * 365)]
    public async Task Lost_task_whose_time_is_wrong_is_named_and_stays_open(int minutes)
    {
        _scene.Host.HistoryAhead = TimeSpan.FromMinutes(minutes);
        await _scene.LoseBetweenOthersAsync();

        Assert.Contains("task-2", Assert.Single(await _scene.SettleAsync()).Failure?.Message, StringComparison.Ordinal);
        Assert.True((await _scene.LostEntryAsync()).IsOpen);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(6 * 60)]
    [InlineData(23 * 60)]
    public async Task Lost_task_that_appears_hours_later_is_found(int minutes)
    {
        await _scene.SubmitAsync("before");
        await _scene.LoseAsync();
        await _scene.SubmitAsync("after");
        _scene.Host.Page = (items, _) => HistoryHost.Envelope(Without(items, "a lighthouse"), 2);
        _scene.Clock.Advance(TimeSpan.FromMinutes(minutes));
        Assert.NotNull(Assert.Single(await _scene.SettleAsync()).Failure);

        _scene.Host.Page = null;

        Assert.Equal("task-2", Assert.Single(await _scene.SettleAsync()).Prediction?.Id);
    }

    [Fact]
    public async Task History_without_an_end_is_read_for_a_limited_number_of_pages()
    {
        await _scene.LoseBetweenOthersAsync();
        int next = 0;
        JsonObject item = _scene.Host.Write()[0];
        _scene.Host.Page = (_, _) => HistoryHost.Envelope([.. Enumerable.Range(0, 50).Select(_ => Set(item.DeepClone().AsObject(), "ID", $"more-{next++}"))], int.MaxValue);
        int before = _scene.Host.Reads;

        PendingTask open = Assert.Single(await _scene.SettleAsync());

        Assert.Contains("too long", open.Failure?.Message, StringComparison.Ordinal);
        Assert.InRange(_scene.Host.Reads - before, 2, HistorySearch.MaxPages);
        Assert.True((await _scene.LostEntryAsync()).IsOpen);
    }

    [Fact]
    public async Task History_that_is_slow_is_read_for_a_limited_time()
    {
        await _scene.LoseBetweenOthersAsync();
        int next = 0;
        JsonObject item = _scene.Host.Write()[0];
        _scene.Host.Page = (_, _) =>
        {
            _scene.Clock.Advance(TimeSpan.FromSeconds(7));
            return HistoryHost.Envelope([Set(item.DeepClone().AsObject(), "ID", $"more-{next++}")], int.MaxValue);
        };
        int before = _scene.Host.Reads;

        PendingTask open = Assert.Single(await _scene.SettleAsync());

        Assert.Contains("within 2 minutes", open.Failure?.Message, StringComparison.Ordinal);
        Assert.InRange(_scene.Host.Reads - before, 2, 20);
    }

    [Fact]
    public async Task History_that_repeats_its_pages_settles_nothing()
    {
        await _scene.LoseBetweenOthersAsync(isAccepted: false);
        _scene.Host.Page = (_, _) => HistoryHost.Envelope([new JsonObject { ["ID"] = "same-1", ["createdAt"] = "1787735702" }], 500);
        int before = _scene.Host.Reads;

        Assert.Contains("repeats", Assert.Single(await _scene.SettleAsync()).Failure?.Message, StringComparison.Ordinal);
        Assert.Equal(2, _scene.Host.Reads - before);
    }

    [Fact]
    public async Task One_error_of_the_history_does_not_end_the_search_after_a_submit()
    {
        using RecoveryScene scene = new();
        int reads = 0;
        scene.Host.Fault = _ => ++reads <= 4 ? StubReply.Text("down", 503) : null;

        Prediction made = await scene.Client().Predictions.CreateAsync(Some.Request(), GenerationKind.Image);

        Assert.Equal("task-1", made.Id);
    }

    private JsonArray OldestFirst(int page) => [.. _scene.Host.Write().Skip((page - 1) * 50).Take(50)];

    private static bool IsLost(JsonObject item) => item["requestBody"]!.GetValue<string>().Contains("lighthouse", StringComparison.Ordinal);

    private static JsonArray Without(JsonArray items, string prompt) =>
        [.. items.Where(i => !i!["requestBody"]!.GetValue<string>().Contains(prompt, StringComparison.Ordinal)).Select(i => i!.DeepClone())];

    private static JsonArray ChangeEach(JsonArray items, Func<JsonObject, JsonObject> change) => [.. items.Select(i => change(i!.DeepClone().AsObject()))];

    private static JsonObject Set(JsonObject item, string name, JsonNode value)
    {
        item[name] = value;
        return item;
    }

    private static JsonObject Move(JsonObject item, string name, string newName)
    {
        JsonNode? value = item[name]?.DeepClone();
        item.Remove(name);
        item[newName] = value;
        return item;
    }
}
