using AtlasCloud.PowerShell.Video;

namespace AtlasCloud.PowerShell.Tests.Plain;

public sealed class FilmTests
{
    private const string Picture = "stream|codec_name=h264|codec_type=video|width=128|height=72|r_frame_rate=24/1|time_base=1/1000";
    private const string Sound = "stream|codec_name=aac|codec_type=audio|sample_rate=48000|channels=2";
    private const string Length = "format|duration=5.000000";

    [Fact]
    public void Clips_of_one_format_are_copied_and_others_are_encoded()
    {
        Clip first = Parse("/a.mp4", Picture, Sound, Length);

        Assert.True(new Film([first, first], null).IsCopied);
        Assert.False(new Film([first, Parse("/b.mp4", Picture.Replace("128", "130", StringComparison.Ordinal), Sound, Length)], null).IsCopied);
        Assert.False(new Film([first, Parse("/b.mp4", Picture, Length)], null).IsCopied);
        Assert.False(new Film([first, first with { RequestedLength = TimeSpan.FromSeconds(2) }], null).IsCopied);
        Assert.False(new Film([first, first with { Path = "/line\nbreak.mp4" }], null).IsCopied);
    }

    [Theory]
    [InlineData("/it's.mp4", @"file 'file:/it'\''s.mp4'")]
    [InlineData("/-i.mp4", "file 'file:/-i.mp4'")]
    [InlineData("/# comment \\.mp4", @"file 'file:/# comment \.mp4'")]
    public void List_quotes_every_name(string path, string line) =>
        Assert.Equal($"ffconcat version 1.0\n{line}\n", new Film([Parse(path, Picture, Length)], null).CreateList());

    [Fact]
    public void Every_input_is_a_file_and_may_open_only_files()
    {
        Clip first = Parse("/http:a.mp4", Picture, Length);
        Clip second = Parse("/-y.mp4", Picture.Replace("128", "130", StringComparison.Ordinal), Length);
        foreach (Film film in new[] { new Film([first, first], second), new Film([first, second], Parse("/song.mp3", Sound, Length)) })
        {
            IReadOnlyList<string> arguments = film.CreateArguments("/x.list", "/x.partial", "mp4");
            int[] inputs = [.. Enumerable.Range(0, arguments.Count).Where(i => arguments[i] == "-i")];

            Assert.True(inputs.Length > 1);
            Assert.All(inputs, i => Assert.StartsWith("file:/", arguments[i + 1], StringComparison.Ordinal));
            Assert.All(inputs, i => Assert.Equal(["-protocol_whitelist", "file"], [arguments[i - 2], arguments[i - 1]]));
            Assert.Equal("file:/x.partial", arguments[^1]);
        }
    }

    [Fact]
    public void Silence_replaces_the_audio_that_some_clips_lack()
    {
        string arguments = string.Join(' ', new Film([Parse("/a.mp4", Picture, Sound, Length), Parse("/b.mp4", Picture, Length)], null).CreateArguments("l", "t", "mp4"));

        Assert.Contains("[0:a:0]anull,aformat", arguments, StringComparison.Ordinal);
        Assert.Contains("aevalsrc=0:d=5,aformat", arguments, StringComparison.Ordinal);
        Assert.Contains("concat=n=2:v=1:a=1[v][a]", arguments, StringComparison.Ordinal);
    }

    [Fact]
    public void Film_is_as_long_as_its_clips_or_the_lengths_that_are_requested()
    {
        Clip clip = Parse("/a.mp4", Picture, Length);

        Assert.Equal(TimeSpan.FromSeconds(12.5), new Film([clip, clip with { RequestedLength = TimeSpan.FromSeconds(7.5) }], null).Duration);
        Assert.Null(new Film([clip, Parse("/b.mp4", Picture)], null).Duration);
    }

    [Theory]
    [InlineData("stream|codec_type=video|width=999999|height=-5|r_frame_rate=0/0")]
    [InlineData("stream|codec_type=video|width=1;drawtext|height=x|r_frame_rate=24/1[v];evil")]
    [InlineData("stream|codec_type=video")]
    public void Values_that_are_not_numbers_are_not_used_in_the_filter(string stream)
    {
        string filter = new Film([Parse("/a.mp4", stream, Length), Parse("/b.mp4", stream + "|x=1", Length)], null).CreateArguments("l", "t", "mp4").Single(a => a.Contains("concat=", StringComparison.Ordinal));

        Assert.Contains("scale=2:2:", filter, StringComparison.Ordinal);
        Assert.Contains("fps=30,", filter, StringComparison.Ordinal);
    }

    [Fact]
    public void Programs_are_searched_in_full_paths_only()
    {
        FFmpegException error = Assert.Throws<FFmpegException>(() => FFmpeg.Find(string.Join(Path.PathSeparator, "", ".", "bin")));

        Assert.True(error.IsMissing);
    }

    [Theory]
    [InlineData("png_pipe", true)]
    [InlineData("image2", true)]
    [InlineData("mov,mp4,m4a,3gp,3g2,mj2", false)]
    public void Still_image_is_recognized_by_its_format(string format, bool expected) =>
        Assert.Equal(expected, Parse("/clips/a", $"format|format_name={format}|duration=N/A").IsPicture);

    private static Clip Parse(string path, params string[] lines) => Clip.Parse(path, lines);
}
