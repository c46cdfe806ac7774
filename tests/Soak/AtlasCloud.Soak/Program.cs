using System.Globalization;

namespace AtlasCloud.Soak;

/// <summary>Injects faults and kills workers to verify that no prediction is paid twice and none is lost.</summary>
internal static class Program
{
    internal static async Task<int> Main(string[] args)
    {
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        if (WorkerSettings.Parse(args) is WorkerSettings worker)
        {
            return await WorkAsync(worker).ConfigureAwait(false);
        }

        if (SoakSettings.Parse(args) is not SoakSettings settings)
        {
            await Console.Error.WriteLineAsync(SoakSettings.Usage).ConfigureAwait(false);
            return 2;
        }

        string folder = settings.Folder ?? Directory.CreateTempSubdirectory("atlascloud-soak-").FullName;
        Directory.CreateDirectory(folder);
        SoakReport report = await new SoakRun(settings, Console.Out).RunAsync(folder, CancellationToken.None).ConfigureAwait(false);
        report.Write(Console.Out, withFaults: true);
        if (report.Violations.Count > 0)
        {
            await File.WriteAllLinesAsync(Path.Join(folder, "violations.txt"), report.Violations).ConfigureAwait(false);
            await Console.Error.WriteLineAsync($"The soak failed with seed {settings.Seed}. The journal, the results and all violations are in {folder}.").ConfigureAwait(false);
            return 1;
        }

        if (settings.Folder is null)
        {
            Directory.Delete(folder, recursive: true);
        }

        return 0;
    }

    private static async Task<int> WorkAsync(WorkerSettings settings)
    {
        // The parent process holds the other end of standard input; if the parent exits, this worker must exit too.
        _ = Task.Run(() =>
        {
            Console.OpenStandardInput().CopyTo(Stream.Null);
            Environment.Exit(3);
        });
        using AtlasCloudClient client = settings.Connect(Environment.GetEnvironmentVariable(WorkerSettings.KeyVariable) ?? "");
        await new Worker(settings, client).RunAsync(CancellationToken.None).ConfigureAwait(false);
        return 0;
    }
}
