using System.Text.Json.Nodes;
using AtlasCloud.Predictions;
using AtlasCloud.Requests;

namespace AtlasCloud.Tests.Journals;

/// <summary>Requests are compared by their exact text, whatever is displayed of them.</summary>
public sealed class ExactTextTests : IDisposable
{
    private readonly RecoveryScene _scene = new();

    public void Dispose() => _scene.Dispose();

    [Theory]
    [InlineData("\u202Bשלום עולם\u202C")]
    [InlineData("\u2067مرحبا\u2069 a boat")]
    [InlineData("\u200Fסירה\u200E")]
    [InlineData("a \u001b[31mred\u001b[0m boat")]
    [InlineData("ring\u0007 a bell")]
    [InlineData("nul\0nul")]
    [InlineData("tab\tline\r\nend \u0085\u009b\u00ad\ufeff")]
    [InlineData("quotes \"'\\ and 🎈")]
    public async Task Lost_task_is_found_by_its_exact_prompt(string prompt)
    {
        await _scene.LoseAsync(prompt);

        Assert.Equal("task-1", Assert.Single(await _scene.SettleAsync()).Prediction?.Id);
    }

    [Fact]
    public async Task Prompts_that_differ_only_in_control_characters_are_not_confused()
    {
        await _scene.LoseAsync("a\u0007 bell", isAccepted: false);
        await _scene.LoseAsync("a bell");

        List<PendingTask> seen = await _scene.SettleAsync();

        Assert.Equal([null, "task-1"], (await _scene.EntriesAsync()).Select(e => e.PredictionId));
        Assert.Equal(2, seen.Count);
    }

    [Theory]
    [InlineData("""{"Seed":1,"seed":2}""", """{"Seed":2,"seed":1}""")]
    [InlineData("""{"seed":1}""", """{"Seed":1}""")]
    [InlineData("""{"a":{"X":1,"x":2}}""", """{"a":{"x":2}}""")]
    [InlineData("""{"a\u0007":1}""", """{"a":1}""")]
    [InlineData("""{"a":"\u202Ex"}""", """{"a":"x"}""")]
    public void Digest_of_a_history_item_keeps_apart_what_displays_alike(string one, string other)
    {
        Assert.NotEqual(Digest(one), Digest(other));
        Assert.Equal(Digest(one), RequestDigest.Compute(JsonNode.Parse(one)!.AsObject()));
    }

    private static string Digest(string request) => HistoryReader.ReadTask(
        AtlasCloud.Json.JsonText.ToElement(new JsonObject { ["ID"] = "a1", ["requestBody"] = request })).Digest;
}
