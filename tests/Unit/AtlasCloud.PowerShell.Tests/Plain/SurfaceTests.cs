using System.Text.RegularExpressions;
using AtlasCloud.PowerShell.Tests.Support;

namespace AtlasCloud.PowerShell.Tests.Plain;

public sealed partial class SurfaceTests
{
    [Fact]
    public void Surface_of_the_module_matches_the_approved_file()
    {
        string surface = ModuleSurface.Read();
        string approved = File.ReadAllText(Path.Join(AppContext.BaseDirectory, "Plain", "Surface.approved.txt")).ReplaceLineEndings("\n");
        if (surface != approved)
        {
            File.WriteAllText(Path.Join(AppContext.BaseDirectory, "Surface.received.txt"), surface);
        }

        Assert.True(
            surface == approved,
            $"The commands changed. If that is meant, copy {Path.Join(AppContext.BaseDirectory, "Surface.received.txt")} over Plain/Surface.approved.txt and say so in CHANGELOG.md.");
    }

    [Fact]
    public void Manifest_exports_every_command_and_nothing_else()
    {
        string manifest = File.ReadAllText(Path.Join(AppContext.BaseDirectory, "AtlasCloud.psd1"));
        string list = CmdletsToExport().Match(manifest).Groups[1].Value;

        Assert.Equal(
            Commands().Order(StringComparer.Ordinal),
            Name().Matches(list).Select(m => m.Groups[1].Value));
    }

    [Fact]
    public void Commands_that_bill_delete_or_overwrite_support_ShouldProcess()
    {
        string[] risky = ["New-AtlasAudio", "New-AtlasImage", "New-AtlasVideo", "Invoke-AtlasChat", "Save-AtlasOutput", "Stop-AtlasPrediction", "Stop-AtlasEmulator", "Remove-AtlasAsset"];

        Assert.All(risky, name => Assert.Contains(ModuleSurface.Read().Split('\n'), line => line.StartsWith(name + " SupportsShouldProcess", StringComparison.Ordinal)));
    }

    private static IEnumerable<string> Commands() =>
        ModuleSurface.Read().Split('\n').Where(l => l.Length > 0 && l[0] != ' ').Select(l => l.Split(' ')[0]);

    [GeneratedRegex(@"CmdletsToExport\s*=\s*@\((.*?)\)", RegexOptions.Singleline)]
    private static partial Regex CmdletsToExport();

    [GeneratedRegex("'([^']+)'")]
    private static partial Regex Name();
}
