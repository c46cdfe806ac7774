using System.Globalization;

namespace AtlasCloud.Bench;

/// <summary>The command line of the bench.</summary>
internal sealed record BenchSettings
{
    internal const string Usage = """
        usage: AtlasCloud.Bench --shell <program> [--shell <argument>] --module <path> --output <folder> [--small] [--rounds <count>] [--only <ids>] [--table <file>]

          --shell   PowerShell to run the scripts with; repeated for a program that needs a first argument
          --module  manifest of the module
          --output  folder for the results and for the files that are transferred
          --small   tiny sizes, to check that all measurements work
          --rounds  number of rounds (default: 3)
          --only    IDs of the comparisons, separated by commas (default: all)
          --table   Markdown file to write the table to, between its markers; may be repeated
        """;

    internal IReadOnlyList<string> Shell { get; init; } = [];

    internal string Module { get; init; } = "";

    internal string Output { get; init; } = "";

    internal BenchSizes Sizes { get; init; } = new();

    internal IReadOnlyList<string> Only { get; init; } = [];

    internal IReadOnlyList<string> Tables { get; init; } = [];

    /// <summary>Parses the arguments; null if they are invalid.</summary>
    internal static BenchSettings? Parse(string[] args)
    {
        BenchSettings settings = new();
        int? rounds = null;
        for (int i = 0; i < args.Length; i++)
        {
            if (args[i] == "--small")
            {
                settings = settings with { Sizes = BenchSizes.Small };
                continue;
            }

            string name = args[i];
            if (++i == args.Length)
            {
                return null;
            }

            string value = args[i];
            switch (name)
            {
                case "--shell": settings = settings with { Shell = [.. settings.Shell, value] }; break;
                case "--module": settings = settings with { Module = Path.GetFullPath(value) }; break;
                case "--output": settings = settings with { Output = Path.GetFullPath(value) }; break;
                case "--only": settings = settings with { Only = value.Split(',') }; break;
                case "--table": settings = settings with { Tables = [.. settings.Tables, Path.GetFullPath(value)] }; break;
                case "--rounds" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count > 0: rounds = count; break;
                default: return null;
            }
        }

        settings = rounds is int some ? settings with { Sizes = settings.Sizes with { Rounds = some } } : settings;
        return settings.Shell.Count > 0 && settings.Module.Length > 0 && settings.Output.Length > 0 ? settings : null;
    }
}
