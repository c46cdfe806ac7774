using System.Globalization;

namespace AtlasCloud.Emulation;

/// <summary>The parsed command line.</summary>
internal sealed record CommandLine(EmulatorOptions? Options, string? Error)
{
    internal const string Help = """
        Runs an emulator of the Atlas API on loopback, for scripts and tests that must not cost money.

        --port N          port on 127.0.0.1 (default: a free port)
        --time-scale X    factor on the duration of all tasks; 0 finishes them immediately (default: 1)
        --balance N       account balance in US dollars (default: 100)
        --latency-ms N    delay of every API reply in milliseconds (default: 0)
        --scenario FILE   JSON file with rules for replies, delays and faults
        --help            show this help
        """;

    /// <summary>Parses the arguments. If the result has neither options nor an error, the user asked for help.</summary>
    internal static CommandLine Parse(IReadOnlyList<string> arguments)
    {
        EmulatorOptions options = new();
        for (int i = 0; i < arguments.Count; i++)
        {
            string name = arguments[i];
            if (name is "--help" or "-h")
            {
                return new CommandLine(null, null);
            }

            if (name is not ("--port" or "--time-scale" or "--balance" or "--latency-ms" or "--scenario"))
            {
                return new CommandLine(null, $"Unknown option '{name}'.");
            }

            if (++i == arguments.Count)
            {
                return new CommandLine(null, $"Option '{name}' requires a value.");
            }

            try
            {
                options = ApplyOption(options, name, arguments[i]);
            }
            catch (Exception exception) when (exception is FormatException or OverflowException or IOException or UnauthorizedAccessException)
            {
                return new CommandLine(null, $"{name}: {exception.Message}");
            }
        }

        return new CommandLine(options, null);
    }

    private static EmulatorOptions ApplyOption(EmulatorOptions options, string name, string value) => name switch
    {
        "--port" => options with { Port = ParseNumber(value, 0, ushort.MaxValue) is var port ? (int)port : 0 },
        "--time-scale" => options with { TimeScale = (double)ParseNumber(value, 0, 1_000_000) },
        "--balance" => options with { Balance = ParseNumber(value, -1_000_000_000, 1_000_000_000) },
        "--latency-ms" => options with { Latency = TimeSpan.FromMilliseconds((double)ParseNumber(value, 0, 3_600_000)) },
        _ => options with { Scenario = EmulatorScenario.Load(value) },
    };

    private static decimal ParseNumber(string text, decimal minimum, decimal maximum)
    {
        bool isNumber = decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value);
        return isNumber && value >= minimum && value <= maximum
            ? value
            : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"'{text}' is not a number between {minimum} and {maximum}."));
    }
}
