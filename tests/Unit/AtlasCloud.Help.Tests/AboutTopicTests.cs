using Xunit;

namespace AtlasCloud.Help.Tests;

public sealed class AboutTopicTests
{
    [Fact]
    public void A_topic_is_plain_text_below_its_headings()
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
    public void No_line_is_wider_than_a_small_window() =>
        Assert.All(AboutTopic.Write(Some.TopicFile, Some.Topic).Split('\n'), line => Assert.InRange(line.Length, 0, AboutTopic.Width));

    [Fact]
    public void Code_that_would_have_to_be_wrapped_is_a_fault()
    {
        string page = Some.Topic.Replace("    Out-Null", "    " + new string('x', 80), StringComparison.Ordinal);

        PageException fault = Assert.Throws<PageException>(() => AboutTopic.Write(Some.TopicFile, page));

        Assert.Equal(Some.LineOf(Some.Topic, "    Out-Null"), fault.Line);
    }

    [Theory]
    [InlineData("# about_Things", "# about_Other")]
    [InlineData("## SHORT DESCRIPTION", "## SHORT")]
    public void The_head_of_a_topic_is_checked(string good, string bad)
    {
        string page = Some.Topic.Replace(good, bad, StringComparison.Ordinal);

        PageException fault = Assert.Throws<PageException>(() => AboutTopic.Write(Some.TopicFile, page));

        Assert.Equal(Some.LineOf(Some.Topic, "# about_Things"), fault.Line);
    }
}
