using AtlasCloud.Text;

namespace AtlasCloud.Tests;

public sealed class NameSuggesterTests
{
    [Theory]
    [InlineData("aspectratio", "aspect_ratio")]
    [InlineData("ratoi", "ratio")]
    [InlineData("promt", "prompt")]
    [InlineData("wobble", null)]
    [InlineData("", null)]
    public void FindTypo_returns_the_candidate_that_differs_by_a_typo(string name, string? expected) =>
        Assert.Equal(expected, NameSuggester.FindTypo(name, ["aspect_ratio", "prompt", "ratio"]));

    [Fact]
    public void FindTypo_ignores_a_candidate_without_letters() => Assert.Null(NameSuggester.FindTypo("ab", ["__"]));

    [Fact]
    public void FindSimilar_returns_no_more_than_five_IDs() =>
        Assert.Equal(5, NameSuggester.FindSimilar("family", Enumerable.Range(0, 9).Select(i => ($"maker/family/{i}", (string?)null))).Count);
}
