using System.Globalization;

namespace AtlasCloud.Soak;

/// <summary>What the command line says.</summary>
internal sealed record SoakSettings
{
    internal const string Usage = """
        usage: AtlasCloud.Soak [--jobs <count>] [--seed <number>] [--kills <count>] [--rate <0 to 1>] [--speed <factor>] [--folder <path>]

          --jobs    how many predictions are wanted; 2000 where it is left out
          --seed    where chance begins; 1 where it is left out
          --kills   how often the worker is killed; one for each 100 jobs where it is left out
          --rate    the part of all requests that meets a fault; 0.3 where it is left out
          --speed   how much faster than real time the clock runs; 20 where it is left out
          --folder  keeps journal and results there; otherwise they are deleted when all is well
        """;

    internal int Jobs { get; init; } = 2000;

    internal int Seed { get; init; } = 1;

    internal int? Kills { get; init; }

    internal double Rate { get; init; } = 0.3;

    internal double Speed { get; init; } = 20;

    internal string? Folder { get; init; }

    /// <summary>Reads the arguments; null where they make no sense.</summary>
    internal static SoakSettings? Parse(string[] args)
    {
        SoakSettings settings = new();
        for (int i = 0; i + 1 < args.Length; i += 2)
        {
            string value = args[i + 1];
            bool isWhole = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int whole);
            bool isNumber = double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number);
            SoakSettings? next = args[i] switch
            {
                "--jobs" when isWhole && whole is > 0 and < 100_000 => settings with { Jobs = whole },
                "--seed" when isWhole => settings with { Seed = whole },
                "--kills" when isWhole => settings with { Kills = whole },
                "--rate" when isNumber && number <= 1 => settings with { Rate = number },
                "--speed" when isNumber && number >= 1 => settings with { Speed = number },
                "--folder" when value.Length > 0 => settings with { Folder = Path.GetFullPath(value) },
                _ => null,
            };
            if (next is null)
            {
                return null;
            }

            settings = next;
        }

        return args.Length % 2 == 0 ? settings : null;
    }
}
