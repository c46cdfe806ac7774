using System.Xml.Linq;
using Xunit;

namespace AtlasCloud.Help.Tests;

public sealed class HelpBuilderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("AtlasCloud.Help.").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Commands_are_written_to_one_file_and_each_topic_to_its_own()
    {
        Write(Some.CommandFile, Some.Command);
        Write(Some.TopicFile, Some.Topic);

        Assert.Empty(Build());
        Assert.Equal("helpItems", XDocument.Load(Path.Join(_folder, "out", HelpBuilder.HelpFile)).Root!.Name.LocalName);
        Assert.StartsWith("TOPIC\n", File.ReadAllText(Path.Join(_folder, "out", "about_Things.help.txt")), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_malformed_page_is_reported_and_nothing_is_written()
    {
        Write(Some.CommandFile, "no page");
        Write(Some.TopicFile, "none either");

        Assert.Equal([Some.CommandFile, Some.TopicFile], Build().Select(e => Path.GetFileName(e.File)).Order(StringComparer.Ordinal));
        Assert.False(Directory.Exists(Path.Join(_folder, "out")));
    }

    [Fact]
    public void Folder_without_pages_is_an_error() => Assert.Single(Build());

    [Fact]
    public void Link_to_a_missing_page_is_an_error()
    {
        Write(Some.CommandFile, Some.Command.Replace("(https://example.com/)", "(Get-Nothing.md)", StringComparison.Ordinal));

        Assert.Contains("Get-Nothing.md", Assert.Single(Build()).Message, StringComparison.Ordinal);
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Join(_folder, name), text);

    private IReadOnlyList<PageException> Build() => HelpBuilder.Build(_folder, Path.Join(_folder, "out"));
}
