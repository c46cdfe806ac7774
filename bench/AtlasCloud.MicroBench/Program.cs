using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Exporters.Json;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace AtlasCloud.MicroBench;

/// <summary>Runs the micro benchmarks: <c>AtlasCloud.MicroBench [--small] &lt;folder for the results&gt;</c>.</summary>
internal static class Program
{
    internal static int Main(string[] args)
    {
        bool isSmall = args is ["--small", ..];
        string folder = Path.GetFullPath(args[^1]);

        // In this process: BenchmarkDotNet would otherwise generate a project, which has neither the lock file nor the package versions of this repository.
        Job job = (isSmall ? Job.Dry : Job.ShortRun).WithToolchain(InProcessEmitToolchain.Instance);
        IConfig config = ManualConfig.CreateEmpty()
            .AddJob(job)
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddLogger(ConsoleLogger.Default)
            .AddExporter(MarkdownExporter.GitHub, JsonExporter.Full)
            .WithArtifactsPath(folder)
            .WithOptions(ConfigOptions.DisableLogFile | ConfigOptions.JoinSummary);
        return BenchmarkRunner.Run(typeof(HotPaths), config).HasCriticalValidationErrors ? 1 : 0;
    }
}
