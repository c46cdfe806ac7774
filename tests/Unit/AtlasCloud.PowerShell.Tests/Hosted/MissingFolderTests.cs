using AtlasCloud.PowerShell.Tests.Support;

namespace AtlasCloud.PowerShell.Tests.Hosted;

/// <summary>Not parallel, because it changes the environment of the whole process, and commands of other tests would find no folder either.</summary>
[CollectionDefinition(nameof(MissingFolderTests), DisableParallelization = true)]
[Collection(nameof(MissingFolderTests))]
public sealed class MissingFolderTests(ModuleShell shell) : IClassFixture<ModuleShell>
{
    private const string Image = "google/nano-banana-2/text-to-image";

    [Fact]
    public void Missing_journal_folder_is_a_warning()
    {
        string[] names = ["ATLASCLOUD_HOME", "XDG_STATE_HOME", "HOME", "LOCALAPPDATA"];
        string?[] before = [.. names.Select(Environment.GetEnvironmentVariable)];
        try
        {
            Array.ForEach(names, name => Environment.SetEnvironmentVariable(name, name == "HOME" ? Path.Join(shell.Folder, "none") : null));
            ModuleRun run = shell.Run($"New-AtlasImage x -Model {Image} -Session ($emulator | New-AtlasSession)").WithoutErrors();

            // Windows finds the folder without environment variables.
            Assert.Equal(OperatingSystem.IsWindows() ? 0 : 1, run.Warnings.Count(w => w.StartsWith("No journal is kept", StringComparison.Ordinal)));
        }
        finally
        {
            for (int i = 0; i < names.Length; i++)
            {
                Environment.SetEnvironmentVariable(names[i], before[i]);
            }
        }
    }
}
