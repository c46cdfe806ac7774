using System.Globalization;

namespace AtlasCloud.Samples;

/// <summary>The command-line options.</summary>
internal sealed record BatchSettings
{
    internal const string Usage = """
        usage: Batch (--emulator <address> | --real) [--prompts <file>] [--output <folder>] [--model <ID>] [--budget <USD>] [--verbose]

          --emulator  use the emulator at this address; start one with: dotnet run --project src/AtlasCloud.Emulator
          --real      use the service and the API key in ATLASCLOUD_API_KEY; requests are charged
          --prompts   file with one prompt per line; default: 100 generated prompts
          --output    folder for the images and the journal; default: ./output/batch
          --model     image model; default: z-image/turbo
          --budget    the most that one run may spend, in US dollars; default: 2
          --verbose   show what the library does
        """;

    // Valid only for emulators.
    private const string EmulatorApiKey = "apikey-emulator-0123456789abcdef";

    internal Uri? Emulator { get; init; }

    internal bool IsReal { get; init; }

    internal string? PromptFile { get; init; }

    internal string Output { get; init; } = Path.Combine("output", "batch");

    internal string Model { get; init; } = "z-image/turbo";

    internal decimal Budget { get; init; } = 2;

    internal bool IsVerbose { get; init; }

    /// <summary>Parses the arguments. Returns null if they are invalid.</summary>
    internal static BatchSettings? Parse(string[] args)
    {
        BatchSettings settings = new();
        for (int i = 0; i < args.Length; i++)
        {
            string value = i + 1 < args.Length ? args[i + 1] : "";
            BatchSettings? next = args[i] switch
            {
                "--real" => settings with { IsReal = true },
                "--verbose" => settings with { IsVerbose = true },
                "--emulator" when Uri.TryCreate(value, UriKind.Absolute, out Uri? address) && address.IsLoopback => settings with { Emulator = address },
                "--prompts" when File.Exists(value) => settings with { PromptFile = value },
                "--output" when value.Length > 0 => settings with { Output = value },
                "--model" when value.Length > 0 => settings with { Model = value },
                "--budget" when decimal.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal budget) => settings with { Budget = budget },
                _ => null,
            };
            if (next is null)
            {
                return null;
            }

            settings = next;
            i += args[i] is "--real" or "--verbose" ? 0 : 1;
        }

        return settings.IsReal == settings.Emulator is null ? settings : null;
    }

    /// <summary>The options of the client. The journal lies in the output folder, so each folder is a batch of its own.</summary>
    internal AtlasCloudOptions ToClientOptions() => new()
    {
        ApiKey = Emulator is null ? Environment.GetEnvironmentVariable("ATLASCLOUD_API_KEY") : EmulatorApiKey,
        BaseUri = Emulator ?? AtlasCloudOptions.DefaultBaseUri,
        PollInterval = Emulator is null ? null : TimeSpan.FromSeconds(0.2),
        Budget = Budget,
        JournalPath = Path.Combine(Output, "journal.jsonl"),
    };
}
