using System.Globalization;

namespace AtlasCloud.Samples;

/// <summary>Makes a picture, brings it to life and asks about it: upload, generate, wait, save, chat.</summary>
internal static class Program
{
    internal static async Task<int> Main(string[] args)
    {
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        if (Settings.Parse(args) is not Settings settings)
        {
            Console.Error.WriteLine(Settings.Usage);
            return 1;
        }

        using CancellationTokenSource stop = new();
        Console.CancelKeyPress += (_, e) =>
        {
            e.Cancel = true;
            stop.Cancel();
        };

        try
        {
            await RunAsync(settings, stop.Token);
            return 0;
        }
        catch (AtlasCloudException exception)
        {
            // Every failure is of this one type. Kind says what it is, RecommendedAction what to do about it.
            Console.Error.WriteLine($"{exception.Kind}: {exception.Message}");
            Console.Error.WriteLine(exception.RecommendedAction);
            return 1;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("Stopped.");
            return 1;
        }
    }

    private static async Task RunAsync(Settings settings, CancellationToken stop)
    {
        // The emulator is the service on this machine: the same addresses, real files, no money.
        await using Emulator? emulator = settings.Real ? null : Emulator.Start(new EmulatorOptions { TimeScale = settings.TimeScale });

        // One client owns the connections. Make one and keep it.
        using AtlasCloudClient client = new(emulator is null ? Service() : OnThisMachine(emulator));
        Console.WriteLine($"Talking to {client.Options.BaseUri}");
        Directory.CreateDirectory(settings.Output);

        // 1. A picture. Submitting returns at once; it is what costs money, and it is sent once.
        Prediction picture = await client.Predictions.CreateAsync(
            new GenerationRequest
            {
                Model = "google/nano-banana-2/text-to-image",
                Prompt = "A lighthouse on a cliff at dusk, warm light, wide angle",
                AspectRatio = "16:9",
            },
            GenerationKind.Image,
            stop);
        Console.WriteLine($"Picture submitted  {picture.Id}");

        // 2. Wait and save. The extension follows from the bytes, and an existing file is not replaced unless that is asked for.
        picture = await client.Predictions.WaitAsync(picture, stop);
        SavedFile pictureFile = await client.Outputs.SaveAsync(picture.Outputs[0], settings.Output, "lighthouse", overwrite: true, stop);
        Console.WriteLine($"Picture saved      {pictureFile}");

        // 3. Upload. Here it is the picture just made; any file of yours goes the same way.
        Media upload = await client.Media.UploadAsync(pictureFile.Path, cancellationToken: stop);
        Console.WriteLine($"Picture uploaded   {upload.Uri} ({upload.Length:N0} bytes)");

        // 4. A video that begins with the picture. MediaSource.FromFile would do the upload by itself.
        Prediction video = await client.Predictions.CreateAsync(
            new GenerationRequest
            {
                Model = "alibaba/wan-2.6/image-to-video",
                Prompt = "Slow push in, waves below, the lamp turns",
                Images = [MediaSource.FromMedia(upload)],
                Resolution = "720p",
                Duration = 5,
            },
            GenerationKind.Video,
            stop);
        Console.WriteLine($"Video submitted    {video.Id}");
        video = await client.Predictions.WaitAsync(video, stop);
        SavedFile videoFile = await client.Outputs.SaveAsync(video.Outputs[0], settings.Output, "lighthouse", overwrite: true, stop);
        Console.WriteLine($"Video saved        {videoFile}");

        // 5. Chat, in one piece.
        ChatReply title = await client.Chat.CompleteAsync(
            new ChatRequest
            {
                Model = "deepseek-ai/deepseek-v3.2",
                Messages = [new ChatMessage { Role = "user", Text = "One title for a five second clip of a lighthouse at dusk." }],
            },
            stop);
        Console.WriteLine($"Chat               {title.Text}");

        // 6. Chat, word by word. The reply carries the conversation so far; a further message goes on with it.
        ChatRequest next = new()
        {
            Model = "deepseek-ai/deepseek-v3.2",
            Messages = [.. title.Conversation, new ChatMessage { Role = "user", Text = "And a sentence to go with it." }],
        };
        Console.Write("Chat, streamed     ");
        await foreach (ChatChunk chunk in client.Chat.StreamAsync(next, stop))
        {
            Console.Write(chunk.Text);
        }

        Console.WriteLine();

        // 7. What it cost.
        Balance balance = await client.Account.GetBalanceAsync(stop);
        Console.WriteLine(emulator is null
            ? $"Account            {balance.Available} {balance.Currency} left"
            : $"Ledger             {emulator.Ledger.Count} requests, {emulator.Charges.Count} charges of {emulator.Charges.Sum(c => c.Amount):0.####} USD (not real), {balance.Available:0.####} USD left");
        Console.WriteLine();
        Console.WriteLine("The files:");
        Console.WriteLine($"  {pictureFile}");
        Console.WriteLine($"  {videoFile}");
    }

    private static AtlasCloudOptions Service() => new()
    {
        ApiKey = Environment.GetEnvironmentVariable("ATLASCLOUD_API_KEY"),
        BaseUri = Environment.GetEnvironmentVariable("ATLASCLOUD_BASE_URL") is { Length: > 0 } address ? new Uri(address) : AtlasCloudOptions.DefaultBaseUri,
    };

    // The service is asked every few seconds, as is polite. The emulator does not mind being asked more often.
    private static AtlasCloudOptions OnThisMachine(Emulator emulator) => new()
    {
        ApiKey = emulator.ApiKey,
        BaseUri = emulator.BaseUri,
        PollInterval = TimeSpan.FromSeconds(0.2),
    };
}
