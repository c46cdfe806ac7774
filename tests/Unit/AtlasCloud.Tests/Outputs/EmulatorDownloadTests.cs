using System.Security.Cryptography;
using AtlasCloud.Outputs;

namespace AtlasCloud.Tests;

/// <summary>Downloads from the emulator over real connections, with faults.</summary>
public sealed class EmulatorDownloadTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("truncate", 2)]
    [InlineData("wrong-length", 1)]
    [InlineData("drop-after", 2)]
    [InlineData("reset", 2)]
    [InlineData("no-type", 4)]
    public async Task SaveAsync_completes_the_file_after_transient_faults(string fault, int times)
    {
        using Emulator emulator = Start($$"""{"rules":[{"path":"/outputs/*","fault":"{{fault}}","times":{{times}} }]}""");
        using AtlasCloudClient client = Client(emulator);
        Output output = await OutputAsync(client);

        SavedFile file = await client.Outputs.SaveAsync(output, _folder.Path, "name");

        using HttpClient plain = new();
        byte[] expected = await plain.GetByteArrayAsync(output.Uri);
        Assert.Equal(expected, await File.ReadAllBytesAsync(file.Path));
        Assert.Equal(Convert.ToHexString(SHA256.HashData(expected)).ToLowerInvariant(), file.Sha256);
        Assert.Equal(["name.png"], _folder.Names);
    }

    [Fact]
    public async Task SaveAsync_requests_the_remaining_range_after_a_truncated_body()
    {
        using Emulator emulator = Start("""{"rules":[{"path":"/outputs/*","fault":"truncate","times":2}]}""");
        using AtlasCloudClient client = Client(emulator);

        SavedFile file = await client.Outputs.SaveAsync(await OutputAsync(client), _folder.Path, "name");

        LedgerEntry[] reads = [.. emulator.Ledger.Where(e => e.Path.StartsWith("/outputs/", StringComparison.Ordinal))];
        Assert.Equal([200, 206, 206], reads.Select(e => e.Status));
        Assert.Equal($"bytes={file.Length / 2}-", reads[1].Range);
    }

    [Theory]
    [InlineData("truncate")]
    [InlineData("wrong-length")]
    public async Task SaveAsync_leaves_no_file_when_the_fault_persists(string fault)
    {
        using Emulator emulator = Start($$"""{"rules":[{"path":"/outputs/*","fault":"{{fault}}"}]}""");
        using AtlasCloudClient client = Client(emulator);
        Output output = await OutputAsync(client);

        AtlasCloudException failed = await Assert.ThrowsAsync<AtlasCloudException>(() => client.Outputs.SaveAsync(output, _folder.Path, "name"));

        Assert.Equal(AtlasCloudErrorKind.DownloadIncomplete, failed.Kind);
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public async Task SaveAsync_reads_a_new_address_when_the_old_one_has_expired()
    {
        FakeClock clock = new();
        using Emulator emulator = Emulator.Start(new EmulatorOptions { TimeScale = 0, Clock = clock, OutputAddressLifetime = TimeSpan.FromHours(1) });
        using AtlasCloudClient client = Client(emulator);
        Output output = await OutputAsync(client);
        clock.Advance(TimeSpan.FromHours(2));

        await client.Outputs.SaveAsync(output, _folder.Path, "name");

        Assert.Equal([403, 200], emulator.Ledger.Where(e => e.Path.StartsWith("/outputs/", StringComparison.Ordinal)).Select(e => e.Status));
        Assert.Equal(["name.png"], _folder.Names);
    }

    [Fact]
    public async Task SaveAsync_throws_DownloadIncomplete_for_an_expired_result()
    {
        FakeClock clock = new();
        using Emulator emulator = Emulator.Start(new EmulatorOptions { TimeScale = 0, Clock = clock });
        using AtlasCloudClient client = Client(emulator);
        Output output = await OutputAsync(client);
        clock.Advance(TimeSpan.FromDays(15));

        AtlasCloudException failed = await Assert.ThrowsAsync<AtlasCloudException>(() => client.Outputs.SaveAsync(output, _folder.Path, "name"));

        Assert.Equal(AtlasCloudErrorReason.ResultExpired, failed.Reason);
    }

    [Fact]
    public async Task Partial_file_of_a_killed_process_is_deleted_by_a_save_and_not_by_a_plan()
    {
        using Emulator emulator = Emulator.Start(new EmulatorOptions { TimeScale = 0 });
        using AtlasCloudClient client = Client(emulator);
        Prediction made = await client.Predictions.WaitAsync(await client.Predictions.CreateAsync(Some.Request(), GenerationKind.Image));
        string stale = StalePartialFiles.CreateName().Replace($"-{Environment.ProcessId}-", $"-{int.MaxValue}-", StringComparison.Ordinal);
        string active = StalePartialFiles.CreateName();
        _folder.Write(stale, [1]);
        _folder.Write(active, [1]);

        OutputSaver saver = client.Outputs.CreateSaver(new SaveOptions { Folder = _folder.Path, NameTemplate = "name" });
        SavePlan plan = await saver.PlanAsync(made);
        IReadOnlyList<string> afterPlan = _folder.Names;
        await saver.SaveAsync(plan.Files[0]);

        Assert.Contains(stale, afterPlan);
        Assert.Equal([active, "name.png"], _folder.Names);
    }

    private static Emulator Start(string scenario) =>
        Emulator.Start(new EmulatorOptions { TimeScale = 0, Scenario = EmulatorScenario.Parse(scenario) });

    private static AtlasCloudClient Client(Emulator emulator) =>
        new(new AtlasCloudOptions { BaseUri = emulator.BaseUri, ApiKey = emulator.ApiKey }, clock: new FakeClock(), random: Some.Random());

    private static async Task<Output> OutputAsync(AtlasCloudClient client)
    {
        Prediction made = await client.Predictions.CreateAsync(Some.Request(), GenerationKind.Image);
        return (await client.Predictions.WaitAsync(made)).Outputs[0];
    }
}
