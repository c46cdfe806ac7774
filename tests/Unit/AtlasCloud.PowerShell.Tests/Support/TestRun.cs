using System.Runtime.CompilerServices;

namespace AtlasCloud.PowerShell.Tests.Support;

/// <summary>What has to be set before the first test.</summary>
internal static class TestRun
{
    [ModuleInitializer]
    internal static void Prepare()
    {
        // Here the pipeline thread is one of the pool's, and it blocks. In a shell it is not, and the pool is free for the work.
        ThreadPool.SetMinThreads(64, 64);

        // The keys, the addresses and the defaults of whoever runs the tests do not count.
        foreach (string name in Environment.GetEnvironmentVariables().Keys.OfType<string>().Where(n => n.StartsWith("ATLAS", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            Environment.SetEnvironmentVariable(name, null);
        }

        string home = Path.Join(Path.GetTempPath(), $"atlascloud-home-{Environment.ProcessId}");
        Environment.SetEnvironmentVariable("ATLASCLOUD_HOME", home);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Delete(home);
    }

    private static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It was not used, or a process still writes to it.
        }
    }
}
