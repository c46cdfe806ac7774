using System.Globalization;

namespace AtlasCloud.Soak;

/// <summary>The command line of the soak.</summary>
internal sealed record SoakSettings
{
    internal const string Usage = """
        usage: AtlasCloud.Soak [--jobs <count>] [--seed <number>] [--kills <count>] [--rate <0 to 1>] [--lies <0 to 1>] [--only <name>] [--speed <factor>] [--folder <path>]

          --jobs    number of predictions (default: 2000)
          --seed    seed for faults and kills (default: 1)
          --kills   number of workers to kill (default: one for each 100 jobs)
          --rate    share of requests that get a fault (default: 0.3)
          --lies    share of requests with a response that lies (default: 0.1)
          --only    names of the lies, separated by commas, with * for any text; clock is the wrong clock, second-key a worker of another account (default: *)
          --speed   factor by which the clock is faster than real time (default: 20)
          --folder  folder for the journal and the results; kept after the run (default: a temporary folder, deleted if the run passes)
        """;

    private const double MaximumTotalRate = 0.95;

    internal int Jobs { get; init; } = 2000;

    internal int Seed { get; init; } = 1;

    internal int? Kills { get; init; }

    internal double Rate { get; init; } = 0.3;

    /// <summary>The approximate share of requests of each kind that gets a lie.</summary>
    internal double Lies { get; init; } = 0.1;

    /// <summary>The names of the lies, separated by commas, with <c>*</c> for any text.</summary>
    internal string Only { get; init; } = "*";

    internal double Speed { get; init; } = 20;

    internal string? Folder { get; init; }

    /// <summary>Whether the run contains a lie.</summary>
    internal bool HasLie(string name) => Lies > 0 && FaultMix.LieNames(Only).Contains(name, StringComparer.Ordinal);

    /// <summary>Parses the arguments; null if they are invalid.</summary>
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
                "--lies" when isNumber && number <= 1 => settings with { Lies = number },
                "--only" when FaultMix.LieNames(value).Count > 0 => settings with { Only = value },
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

        // A request gets at most one fault or lie.
        return args.Length % 2 == 0 && settings.Rate + settings.Lies <= MaximumTotalRate ? settings : null;
    }
}
