using AtlasCloud.PowerShell.Commands;

namespace AtlasCloud.PowerShell.Tests.Plain;

public sealed class LabelTextTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("13 characters", "13 characters")]
    [InlineData("a long label of scene-0001", "a …scene-0001")]
    [InlineData("1\U0001F600 and then the end", "1…en the end")]
    public void Shorten_keeps_both_ends_of_a_label(string? label, string? expected) => Assert.Equal(expected, LabelText.Shorten(label));
}
