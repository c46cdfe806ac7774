using AtlasCloud.PowerShell.Commands;

namespace AtlasCloud.PowerShell.Tests.Plain;

public sealed class LabelTextTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("twenty characters ok", "twenty characters ok")]
    [InlineData("a long label of scene-0001", "a long la…scene-0001")]
    [InlineData("12345678\U0001F600 and then the end", "12345678…en the end")]
    public void Shorten_keeps_both_ends_of_a_label(string? label, string? expected) => Assert.Equal(expected, LabelText.Shorten(label));
}
