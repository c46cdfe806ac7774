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
    }
}
