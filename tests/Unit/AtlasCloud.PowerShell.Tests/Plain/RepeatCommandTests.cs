using System.Collections.Specialized;
using System.Management.Automation.Language;
using AtlasCloud.PowerShell.Commands;

namespace AtlasCloud.PowerShell.Tests.Plain;

public sealed class RepeatCommandTests
{
    private static readonly string s_folder = Path.GetFullPath("/results");

    [Fact]
    public void Command_reads_the_metadata_file_relative_to_the_page() => Assert.Equal(
        "Import-AtlasRequest './clips/one.mp4.json' | New-AtlasVideo",
        RepeatCommand.Create(Item("clips/one.mp4", "alibaba/wan-2.6/text-to-video"), s_folder));

    [Theory]
    [InlineData("xai/tts-v1", "New-AtlasAudio")]
    [InlineData("tencent/hunyuan3d-rapid/text-to-3d", "New-AtlasImage")]
    [InlineData("google/nano-banana-2/text-to-image", "New-AtlasImage")]
    public void Command_fits_the_model(string model, string command) => Assert.EndsWith(command, RepeatCommand.Create(Item("a.bin", model), s_folder), StringComparison.Ordinal);

    [Theory]
    [InlineData("'; Remove-Item x; '")]
    [InlineData("\u2019; Remove-Item x; \u2018")]
    [InlineData("$(Remove-Item x)")]
    [InlineData("`\"$env:PATH\"")]
    [InlineData("first\nsecond; Remove-Item x")]
    public void Hostile_values_stay_literals(string text)
    {
        GalleryItem inputs = new()
        {
            Path = Path.Combine(s_folder, "a.png"),
            Model = text,
            Request = new OrderedDictionary { ["model"] = text, ["prompt"] = text, [text] = new object?[] { text, 1.5m, true, null } },
        };

        foreach (string? command in new[] { RepeatCommand.Create(inputs, s_folder), RepeatCommand.Create(Item(text + ".png", "a/b"), s_folder) })
        {
            ScriptBlockAst tree = Parser.ParseInput(command, out _, out ParseError[] errors);
            Assert.Empty(errors);
            Assert.All(tree.FindAll(a => a is CommandAst, searchNestedScriptBlocks: true).Cast<CommandAst>(), c => Assert.Contains("-Atlas", c.GetCommandName(), StringComparison.Ordinal));
            Assert.Empty(tree.FindAll(a => a is ExpandableStringExpressionAst or SubExpressionAst, searchNestedScriptBlocks: true));
        }
    }

    [Fact]
    public void Command_with_terminal_escapes_or_without_a_request_is_omitted()
    {
        Assert.Null(RepeatCommand.Create(Item("a\u001b[201~.png", "a/b"), s_folder));
        Assert.Null(RepeatCommand.Create(new GalleryItem { Path = Path.Combine(s_folder, "a.png") }, s_folder));
    }

    private static GalleryItem Item(string name, string model)
    {
        string path = Path.Join(s_folder, name.Replace('/', Path.DirectorySeparatorChar));
        return new GalleryItem { Path = path, MetadataPath = path + ".json", Model = model };
    }
}
