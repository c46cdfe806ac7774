using System.Security.Cryptography;

namespace AtlasCloud.Tests;

/// <summary>Downloads over real connections, with what goes wrong on them.</summary>
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
    public async Task A_fault_that_passes_costs_no_byte_of_the_result(string fault, int times)
    {
        using Emulator emulator = Start($$"""{"rules":[{"path":"/outputs/*","fault":"{{fault}}","times":{{times}} }]}""");
        using AtlasCloudClient client = Client(emulator);
        Output output = await OutputAsync(client);

        SavedFile file = await client.Outputs.SaveAsync(output, _folder.Path, "name");

        using HttpClient plain = new();
        byte[] whole = await plain.GetByteArrayAsync(output.Uri);
        Assert.Equal(whole, await File.ReadAllBytesAsync(file.Path));
        Assert.Equal(Convert.ToHexString(SHA256.HashData(whole)).ToLowerInvariant(), file.Sha256);
        Assert.Equal(["name.png"], _folder.Names);
    }

    [Fact]
    public async Task A_truncated_body_is_completed_by_ranges()
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
    public async Task A_fault_that_stays_leaves_no_file(string fault)
    {
        using Emulator emulator = Start($$"""{"rules":[{"path":"/outputs/*","fault":"{{fault}}"}]}""");
        using AtlasCloudClient client = Client(emulator);
        Output output = await OutputAsync(client);

        AtlasCloudException failed = await Assert.ThrowsAsync<AtlasCloudException>(() => client.Outputs.SaveAsync(output, _folder.Path, "name"));

        Assert.Equal(AtlasCloudErrorKind.DownloadIncomplete, failed.Kind);
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public async Task An_address_that_expired_is_replaced_by_a_fresh_one()
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
    public async Task What_the_service_no_longer_keeps_is_told_so()
    {
        FakeClock clock = new();
        using Emulator emulator = Emulator.Start(new EmulatorOptions { TimeScale = 0, Clock = clock });
        using AtlasCloudClient client = Client(emulator);
        Output output = await OutputAsync(client);
        clock.Advance(TimeSpan.FromDays(15));

        AtlasCloudException failed = await Assert.ThrowsAsync<AtlasCloudException>(() => client.Outputs.SaveAsync(output, _folder.Path, "name"));

        Assert.Contains("kept for a limited time", failed.Message, StringComparison.Ordinal);
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
