namespace AtlasCloud.Emulation.Tests;

public sealed class CommandLineTests
{
    [Fact]
    public void Every_option_reaches_the_emulator()
    {
        EmulatorOptions options = CommandLine.Parse(["--port", "8123", "--time-scale", "0.5", "--balance", "7.25", "--latency-ms", "40"]).Options!;

        Assert.Equal((8123, 0.5, 7.25m, TimeSpan.FromMilliseconds(40)), (options.Port, options.TimeScale, options.Balance, options.Latency));
    }

    [Theory]
    [InlineData("--colour", "Unknown option '--colour'.")]
    [InlineData("--port", "Option '--port' requires a value.")]
    [InlineData("--port 70000", "is not a number between 0 and 65535")]
    [InlineData("--balance much", "'much' is not a number")]
    [InlineData("--scenario no-such-file.json", "--scenario: ")]
    public void What_is_wrong_is_said(string arguments, string words)
    {
        Assert.Contains(words, CommandLine.Parse(arguments.Split(' ')).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_is_neither_a_start_nor_a_fault()
    {
        Assert.Equal(new CommandLine(null, null), CommandLine.Parse(["--help"]));
    }
}
