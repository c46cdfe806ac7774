using System.Text.Json.Nodes;
using AtlasCloud.Journal;

namespace AtlasCloud.Tests.Reuse;

/// <summary>A journal that was damaged, edited or replaced neither loses a result nor gives a wrong one.</summary>
public sealed class HostileJournalReuseTests : IDisposable
{
    private readonly ReuseScene _scene = new();

    public void Dispose() => _scene.Dispose();

    [Fact]
    public async Task Damaged_lines_are_ignored_with_a_warning_and_the_other_requests_are_taken_over()
    {
        await _scene.RunAsync("boat", "car");
        string[] lines = await File.ReadAllLinesAsync(_scene.JournalPath);
        int boat = Array.FindIndex(lines, l => l.Contains("\"event\":\"intent\"", StringComparison.Ordinal));
        lines[boat] = lines[boat][..40];
        await File.WriteAllTextAsync(_scene.JournalPath, string.Join('\n', [.. lines, "\0\0\0", "{\"event\":\"intent\"}", ""]));
        List<string> warnings = [];

        Prediction[] made;
        using (new AtlasCloudLog((level, text) => { if (level == AtlasCloudLogLevel.Warning) { lock (warnings) { warnings.Add(text); } } }).Listen())
        {
            made = await _scene.RunAsync("boat", "car", "car");
        }

        Assert.Equal([false, true, false], made.Select(p => p.IsReused));
        Assert.Contains("3 damaged line(s)", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_entries_with_one_prediction_give_it_once()
    {
        await _scene.RunAsync("boat");
        string[] lines = await File.ReadAllLinesAsync(_scene.JournalPath);
        string id = (await _scene.EntriesAsync())[0].JournalId;
        await File.AppendAllLinesAsync(_scene.JournalPath, lines.Select(l => l.Replace(id, id[..^1] + "x", StringComparison.Ordinal)));

        Prediction[] made = await _scene.RunAsync("boat", "boat");

        Assert.Equal([true, false], made.Select(p => p.IsReused));
        Assert.NotEqual(made[0].Id, made[1].Id);
    }

    [Fact]
    public async Task Second_intent_of_an_entry_does_not_give_it_to_another_request()
    {
        Prediction[] first = await _scene.RunAsync("boat", "car");
        string[] lines = await File.ReadAllLinesAsync(_scene.JournalPath);
        JsonNode[] intents = [.. lines.Where(l => l.Contains("\"event\":\"intent\"", StringComparison.Ordinal)).Select(l => JsonNode.Parse(l)!)];
        intents[1]["digest"] = intents[0]["digest"]!.GetValue<string>();
        await File.AppendAllTextAsync(_scene.JournalPath, intents[1].ToJsonString() + "\n");

        Prediction[] made = await _scene.RunAsync("boat", "boat", "car");

        Assert.Equal(first[0].Id, made[0].Id);
        Assert.Equal([true, false, false], made.Select(p => p.IsReused));
    }

    [Fact]
    public async Task Line_with_white_space_is_read_too()
    {
        Prediction[] first = await _scene.RunAsync("boat");
        string[] lines = await File.ReadAllLinesAsync(_scene.JournalPath);
        await File.WriteAllLinesAsync(_scene.JournalPath, lines.Select(l => l.Replace("\":\"", "\" : \"", StringComparison.Ordinal)));

        Assert.Equal(first[0].Id, (await _scene.RunAsync("boat"))[0].Id);
    }

    [Fact]
    public async Task Entry_whose_ID_is_not_valid_is_not_taken_over()
    {
        Prediction[] first = await _scene.RunAsync("boat");
        string text = await File.ReadAllTextAsync(_scene.JournalPath);
        await File.WriteAllTextAsync(_scene.JournalPath, text.Replace(first[0].Id, "../../x", StringComparison.Ordinal));

        Assert.False((await _scene.RunAsync("boat"))[0].IsReused);
    }

    [Fact]
    public async Task Journal_that_is_compacted_or_deleted_during_a_run_is_read_again()
    {
        Prediction[] first = await _scene.RunAsync("boat", "car");
        AtlasCloudClient client = _scene.Client();
        ReuseRun run = client.Predictions.StartReuse();
        Assert.Equal(first[0].Id, (await ReuseScene.CreateAsync(run, Some.Request() with { Prompt = "boat" })).Id);

        Assert.True(await _scene.Journal().CompactAsync());
        Assert.Equal(first[1].Id, (await ReuseScene.CreateAsync(run, Some.Request() with { Prompt = "car" })).Id);

        File.Delete(_scene.JournalPath);
        Assert.False((await ReuseScene.CreateAsync(run, Some.Request() with { Prompt = "car" })).IsReused);
        Assert.Equal(3, _scene.Submits);
    }

    [Fact]
    public async Task Journal_that_cannot_be_read_or_written_prevents_the_submit()
    {
        Directory.CreateDirectory(_scene.JournalPath);

        AtlasCloudException error = await _scene.FailAsync();

        Assert.Equal((AtlasCloudErrorKind.InvalidParameter, AtlasCloudErrorReason.ReuseNeedsJournal), (error.Kind, error.Reason));
        Assert.Equal(0, _scene.Submits);
    }

    [Fact]
    public async Task Journal_that_is_locked_prevents_the_submit()
    {
        await using FileStream other = new(_scene.JournalPath + JournalFile.LockSuffix, FileMode.Create, FileAccess.ReadWrite, FileShare.None);

        AtlasCloudException error = await _scene.FailAsync();

        Assert.Equal(AtlasCloudErrorReason.ReuseNeedsJournal, error.Reason);
        Assert.Equal(0, _scene.Submits);
    }

    [Fact]
    public async Task Entry_without_a_digest_for_later_runs_is_found_by_the_digest_of_its_body()
    {
        GenerationRequest edit = new()
        {
            Model = "google/nano-banana-2/edit",
            Prompt = "blue",
            SkipValidation = true,
            Images = [MediaSource.FromFile(_scene.Write("a.png", Bytes.Png))],
        };
        await _scene.RunAsync([Some.Request(), edit]);
        string text = await File.ReadAllTextAsync(_scene.JournalPath);
        Assert.Single(text.Split('\n'), l => l.Contains("reuse_digest", StringComparison.Ordinal));
        await File.WriteAllTextAsync(_scene.JournalPath, text.Replace("reuse_digest", "old", StringComparison.Ordinal));

        // The address of an upload differs in each run, so nothing can be said about the other one.
        Assert.Equal([true, false], (await _scene.RunAsync([Some.Request(), edit])).Select(p => p.IsReused));
    }
}
