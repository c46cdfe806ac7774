using System.Globalization;

namespace AtlasCloud.Samples;

/// <summary>Generates an image for each of many prompts. Interrupt it at any time and run it again: it continues and pays for nothing twice.</summary>
internal static class Program
{
    // A submit that is under way at Ctrl+C gets this time for its answer. What is lost all the same is found by the next run.
    private static readonly TimeSpan s_inFlightTime = TimeSpan.FromSeconds(5);

    internal static async Task<int> Main(string[] args)
    {
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        if (BatchSettings.Parse(args) is not BatchSettings settings)
        {
            Console.Error.WriteLine(BatchSettings.Usage);
            return 1;
        }

        using CancellationTokenSource stop = new();
        using CancellationTokenSource hardStop = new();
        Console.CancelKeyPress += (_, e) =>
        {
            e.Cancel = true;
            stop.Cancel();
            hardStop.CancelAfter(s_inFlightTime);
        };

        // Everything that this flow starts is reported to the listener.
        using IDisposable listening = new AtlasCloudLog((level, message) => Report(level, message, settings.IsVerbose)).Listen();
        try
        {
            await using AtlasCloudClient client = new(settings.ToClientOptions());
            ImageBatch batch = new(client, settings.Model, settings.Output);
            return await batch.RunAsync(Prompts.Read(settings.PromptFile), stop.Token, hardStop.Token) ? 0 : 1;
        }
        catch (AtlasCloudException exception)
        {
            Console.Error.WriteLine($"{exception.Kind}: {exception.Message}");
            return 1;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("Stopped. Run the same command again to continue.");
            return 1;
        }
    }

    private static void Report(AtlasCloudLogLevel level, string message, bool isVerbose)
    {
        if (isVerbose || level == AtlasCloudLogLevel.Warning)
        {
            Console.Error.WriteLine($"{level}: {message}");
        }
    }
}
