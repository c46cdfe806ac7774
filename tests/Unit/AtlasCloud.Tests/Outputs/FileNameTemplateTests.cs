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
    [InlineData("{row}-{row:000}-{source}", "7-007-mine")]
    [InlineData("plain", "plain")]
    public void Format_replaces_placeholders(string template, string expected) =>
        Assert.Equal(expected, NameOf(template));

    [Theory]
    [InlineData("{nonsense}")]
    [InlineData("{id")]
    [InlineData("{}")]
    [InlineData("{date:%}")]
    [InlineData("{index:Q}")]
    [InlineData("{row:Q}")]
    [InlineData("{index:X}-{index:Q9}")]
    public void Constructor_throws_InvalidParameter_for_an_invalid_template(string template) =>
        Assert.Equal(AtlasCloudErrorKind.InvalidParameter, Assert.Throws<AtlasCloudException>(() => new FileNameTemplate(template)).Kind);

    [Fact]
    public void Format_does_not_split_a_surrogate_pair_of_a_long_prompt()
    {
        string prompt = new string('x', 59) + "\U0001F600\U0001F600";

        Assert.DoesNotContain('\uFFFD', NameOf("{prompt}", prompt));
    }

    [Fact]
    public void Format_returns_a_name_if_only_the_predictions_ID_is_known() =>
        Assert.Equal("atlas--1", new FileNameTemplate("{model}-{prompt}-{index}").Format(new Prediction { Id = Some.Id }, new Output { Value = "x", Index = 1 }, s_noon, position: 1));

    [Theory]
    [InlineData("{label}", Some.Id)]
    [InlineData("{seed}-{prompt}", Some.Id)]
    [InlineData("sub/{label}", "sub")]
    [InlineData("_{label}_", Some.Id)]
    [InlineData("photo-{label}", "photo")]
    [InlineData("\U0001F3A8{label}", "\U0001F3A8")]
    [InlineData("{label}-{index}", "1")]
    [InlineData("{source}", Some.Id)]
    [InlineData("plain", "plain")]
    public void Format_returns_the_ID_if_all_placeholders_are_empty(string template, string expected) =>
        Assert.Equal(expected, new FileNameTemplate(template).Format(new Prediction { Id = Some.Id }, new Output { Value = "x", Index = 1 }, s_noon, position: 1));

    [Theory]
    [InlineData(" \t ")]
    [InlineData("...")]
    [InlineData("???")]
    public void Format_returns_the_ID_if_a_label_contains_nothing_that_a_name_can_contain(string label) =>
        Assert.Equal(Some.Id, new FileNameTemplate("{label}").Format(new Prediction { Id = Some.Id, Label = label }, new Output { Value = "x" }, s_noon, position: 1));

    private static string NameOf(string template, string prompt = "a lighthouse")
    {
        Prediction prediction = Some.Prediction() with
        {
            Model = Some.ImageModel,
            Label = "mine",
            Request = new OrderedDictionary { ["seed"] = 7L, ["prompt"] = prompt },
            CreatedAt = s_noon,
        };
        return new FileNameTemplate(template).Format(prediction, new Output { Value = "x", Index = 3, Kind = MediaKind.Image }, s_noon, position: 7);
    }
}
