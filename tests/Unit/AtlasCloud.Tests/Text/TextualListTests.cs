using System.Globalization;
using AtlasCloud.Text;

namespace AtlasCloud.Tests;

public sealed class TextualListTests
{
    [Fact]
    public void Text_of_a_list_is_that_of_its_items()
    {
        Prediction prediction = Some.Prediction() with { Outputs = [new Output { Value = "a", Text = "a" }, new Output { Value = "b", Text = "b" }] };

        Assert.Equal("a; b", prediction.Outputs.ToString());
        Assert.Equal("", new Model { Id = "m", Type = "Image" }.Tags.ToString());
    }

    [Fact]
    public void Text_of_numbers_is_the_same_in_every_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        try
        {
            Assert.Equal("0.5; ; 2", ReadOnlyLists.Create<object?>([0.5m, null, 2L]).ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Create_copies_a_list_once()
    {
        IReadOnlyList<string> list = ReadOnlyLists.Create<string>(["a"]);

        Assert.Same(list, ReadOnlyLists.Create(list));
    }
}
