using System.Globalization;

namespace AtlasCloud.Samples;

/// <summary>What the command line says.</summary>
internal sealed record Settings
{
    internal const string Usage = """
        usage: QuickStart [--output <folder>] [--time-scale <factor>] [--real]

          --output      where the files go; ./output/demo where it is left out
          --time-scale  how fast the emulator's time runs: 0.1 where it is left out, 0 finishes everything at once
          --real        use the service and the key in ATLASCLOUD_API_KEY in place of the emulator; it costs money
        """;

    internal string Output { get; init; } = Path.Combine("output", "demo");

    internal double TimeScale { get; init; } = 0.1;

    internal bool Real { get; init; }

    /// <summary>Reads the arguments; null where they make no sense.</summary>
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
