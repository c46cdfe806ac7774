using System.Globalization;
using AtlasCloud.Bench.Measurements;
using AtlasCloud.Bench.Server;

namespace AtlasCloud.Bench;

/// <summary>Measures the module and its peers. Run it with <c>./build.ps1 bench</c>.</summary>
internal static class Program
{
    internal static async Task<int> Main(string[] args)
    {
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        if (args is ["serve", .. string[] models])
        {
            return await ServeAsync(models).ConfigureAwait(false);
        }

        if (BenchSettings.Parse(args) is not BenchSettings settings)
        {
            await Console.Error.WriteLineAsync(BenchSettings.Usage).ConfigureAwait(false);
            return 2;
        }

        using BenchContext context = await BenchContext.CreateAsync(settings).ConfigureAwait(false);
        BenchReport report = await new BenchRun(settings.Sizes.Rounds, Console.Out).RunAsync(AllComparisons.Create(context)).ConfigureAwait(false);
        await report.WriteResultsAsync(Path.Join(settings.Output, "results.json")).ConfigureAwait(false);
        string table = report.ToTable();
        Console.WriteLine(table);
        foreach (string file in settings.Tables)
        {
            await PerformanceTable.ReplaceAsync(file, table).ConfigureAwait(false);
        }

        return report.Failures.Count == 0 ? 0 : 1;
    }

    // The server has a process of its own, so that its garbage collections and threads are not those of what is measured.
    private static async Task<int> ServeAsync(string[] models)
    {
        BenchServer server = await BenchServer.StartAsync(models.Select(m => BenchModel.Parse(m)!)).ConfigureAwait(false);
        await using (server.ConfigureAwait(false))
        {
            Console.WriteLine(server.Address);

            // The parent process holds the other end of standard input.
            await Console.OpenStandardInput().CopyToAsync(Stream.Null).ConfigureAwait(false);
        }

        return 0;
    }
}
