using System.Collections.Specialized;
using AtlasCloud.Outputs;

namespace AtlasCloud.Tests;

public sealed class FileNameTemplateTests
{
    private static readonly DateTimeOffset s_noon = new(2026, 8, 26, 12, 0, 0, TimeZoneInfo.Local.GetUtcOffset(new DateTime(2026, 8, 26, 12, 0, 0)));

    [Theory]
    [InlineData("{model}-{id}-{index}", "google-nano-banana-2-text-to-image-b072da7f39c24a5f89cfc5ddfcc01352-3")]
    [InlineData("{id:8}", "b072da7f")]
    [InlineData("{index:000}", "003")]
    [InlineData("{date:yyyyMMdd}", "20260826")]
    [InlineData("{date}", "20260826-120000")]
    [InlineData("{Label}/{KIND}/{role}", "mine-Image-Result")]
    [InlineData("{seed}-{prompt}", "7-a lighthouse")]
    [InlineData("../{label}", "mine")]
    [InlineData("plain", "plain")]
    public void A_name_is_made_from_its_places(string template, string expected) =>
        Assert.Equal(expected, NameOf(template));

    [Theory]
    [InlineData("{nonsense}")]
    [InlineData("{id")]
    [InlineData("{}")]
    [InlineData("{date:%}")]
    [InlineData("{index:Q}")]
    [InlineData("{index:X}-{index:Q9}")]
    public void A_template_that_makes_no_sense_is_refused_before_anything_is_saved(string template) =>
        Assert.Equal(AtlasCloudErrorKind.InvalidParameter, Assert.Throws<AtlasCloudException>(() => new FileNameTemplate(template)).Kind);

    [Fact]
    public void A_long_prompt_is_cut_between_characters()
    {
        string prompt = new string('x', 59) + "\U0001F600\U0001F600";

        Assert.DoesNotContain('\uFFFD', NameOf("{prompt}", prompt));
    }

    [Fact]
    public void A_prediction_of_which_only_the_id_is_known_gets_a_name() =>
        Assert.Equal("atlas--1", new FileNameTemplate("{model}-{prompt}-{index}").Format(new Prediction { Id = Some.Id }, new Output { Value = "x", Index = 1 }, s_noon));

    private static string NameOf(string template, string prompt = "a lighthouse")
    {
        Prediction prediction = Some.Prediction() with
        {
            Model = Some.ImageModel,
            Label = "mine",
            Request = new OrderedDictionary { ["seed"] = 7L, ["prompt"] = prompt },
            CreatedAt = s_noon,
        };
        return new FileNameTemplate(template).Format(prediction, new Output { Value = "x", Index = 3, Kind = MediaKind.Image }, s_noon);
    }
}
