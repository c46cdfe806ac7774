namespace AtlasCloud.Emulation.Tests;

public sealed class CommandLineTests
{
    [Fact]
    public void All_options_are_parsed()
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
    public void Invalid_arguments_return_an_error(string arguments, string message)
    {
        Assert.Contains(message, CommandLine.Parse(arguments.Split(' ')).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_returns_neither_options_nor_an_error()
    {
        Assert.Equal(new CommandLine(null, null), CommandLine.Parse(["--help"]));
    }
}
