using System.Globalization;

namespace AtlasCloud.Samples;

/// <summary>The command-line options.</summary>
internal sealed record Settings
{
    internal const string Usage = """
        usage: QuickStart [--output <folder>] [--time-scale <factor>] [--real]

          --output      folder for the files; default: ./output/demo
          --time-scale  factor for the duration of the tasks in the emulator; default: 0.1; 0 finishes them immediately
          --real        use the service and the API key in ATLASCLOUD_API_KEY instead of an emulator; requests are charged
        """;

    internal string Output { get; init; } = Path.Combine("output", "demo");

    internal double TimeScale { get; init; } = 0.1;

    internal bool Real { get; init; }

    /// <summary>Parses the arguments. Returns null if they are invalid.</summary>
    internal static Settings? Parse(string[] args)
    {
        Settings settings = new();
        for (int i = 0; i < args.Length; i++)
        {
            string? value = i + 1 < args.Length ? args[i + 1] : null;
            switch (args[i])
            {
                case "--real":
                    settings = settings with { Real = true };
                    break;
                case "--output" when value is { Length: > 0 }:
                    settings = settings with { Output = value };
                    i++;
                    break;
                case "--time-scale" when double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double scale) && scale >= 0:
                    settings = settings with { TimeScale = scale };
                    i++;
                    break;
                default:
                    return null;
            }
        }

        return settings with { Output = Path.GetFullPath(settings.Output) };
    }
}
