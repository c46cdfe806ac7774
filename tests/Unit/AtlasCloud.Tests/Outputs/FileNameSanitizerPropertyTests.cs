using System.Text;
using AtlasCloud.Outputs;

namespace AtlasCloud.Tests;

/// <summary>For random text, the file is inside its folder and can be created.</summary>
public sealed class FileNameSanitizerPropertyTests
{
    // Parts that are problematic in file names, combined at random.
    private static readonly string[] s_pieces =
    [
        "..", "/", "\\", "C:", "CON", "nul", ".txt", "COM\u00B9", "LPT1", " ", ".", "\0", "\u001b[2J", "\r\n", "\u202E", "\u200B", "\u200D", "\uFEFF", "\u2028",
        "a", "picture", "~", "%2e%2e", "$HOME", "<>|?*\"", ":stream", "\u0301", "e\u0301\u0323", "\uD83D\uDE00", "\uD83D", "\uDE00", "\uFFFF", "\uE000", "\u00A0", "\u3000",
        "\U000E0041", "\u6771\u4EAC", "-", "--", "\u212A", new string('x', 300), new string('\u0301', 200), new string('\u6771', 120),
    ];

    [Fact]
    public void MakeSafe_returns_a_valid_name_inside_the_folder_for_random_text()
    {
        using TemporaryFolder folder = new();
        Random random = Some.Random();
        for (int i = 0; i < 5000; i++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ => s_pieces[random.Next(s_pieces.Length)]));

            string name = FileNameSanitizer.MakeSafe(text);

            string path = Path.GetFullPath(Path.Combine(folder.Path, name + "-1000.usdz.json"));
            Assert.Equal(folder.Path, Path.GetDirectoryName(path));
            Assert.InRange(Encoding.UTF8.GetByteCount(Path.GetFileName(path)), 1, 255);
            Assert.DoesNotContain(name, c => char.IsControl(c) || "<>:\"/\\|?*".Contains(c, StringComparison.Ordinal));
            Assert.Equal(name, name.Trim(' ', '.'));
            Assert.Equal(name, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(name)));
            Assert.Equal(name, FileNameSanitizer.MakeSafe(name));
            if (i % 10 == 0)
            {
                File.WriteAllBytes(path, [1]);
                Assert.Equal([Path.GetFileName(path)], folder.Names);
                File.Delete(path);
            }
        }
    }

    [Fact]
    public void MakeSafe_truncates_a_text_of_50_MB() => Assert.Equal(150, FileNameSanitizer.MakeSafe(new string('x', 50_000_000)).Length);
}
