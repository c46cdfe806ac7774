using Xunit;

namespace AtlasCloud.Help.Tests;

public sealed class AboutTopicTests
{
    [Fact]
    public void Topic_is_written_as_indented_plain_text()
    {
        string text = AboutTopic.Write(Some.TopicFile, Some.Topic);

        Assert.Equal(
            """
            TOPIC
                about_Things

            SHORT DESCRIPTION
                What things are.

            LONG DESCRIPTION
                This paragraph is long enough that it does not fit into one line of a window
                of eighty characters, so it wraps.

                - An item that is long enough too, because the second line of it has to
                  stand below its own text.

                  Get-Thing a |
                      Out-Null

                one    the first
                three  the third

            WIDE TABLE
                A
                    Means: nothing
                    Do: wait

            """.ReplaceLineEndings("\n"),
            text);
    }

    [Fact]
    public void Topic_has_no_line_wider_than_80_columns() =>
        Assert.All(AboutTopic.Write(Some.TopicFile, Some.Topic).Split('\n'), line => Assert.InRange(line.Length, 0, AboutTopic.Width));

    [Fact]
    public void Code_that_would_have_to_be_wrapped_is_an_error()
    {
        string page = Some.Topic.Replace("    Out-Null", "    " + new string('x', 80), StringComparison.Ordinal);

        PageException error = Assert.Throws<PageException>(() => AboutTopic.Write(Some.TopicFile, page));

        Assert.Equal(Some.LineOf(Some.Topic, "    Out-Null"), error.Line);
    }

    [Theory]
    [InlineData("# about_Things", "# about_Other")]
    [InlineData("## SHORT DESCRIPTION", "## SHORT")]
    public void Wrong_title_or_first_section_is_an_error(string good, string bad)
    {
        string page = Some.Topic.Replace(good, bad, StringComparison.Ordinal);

        PageException error = Assert.Throws<PageException>(() => AboutTopic.Write(Some.TopicFile, page));

        Assert.Equal(Some.LineOf(Some.Topic, "# about_Things"), error.Line);
    }
}
