using System.Globalization;

namespace AtlasCloud.Samples;

/// <summary>Generates an image and a video, and chats with a language model: generate, wait, save, upload, chat.</summary>
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
            // The client throws only this exception type. Kind and Reason identify the error.
            Console.Error.WriteLine($"{exception.Kind}: {exception.Message}");
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
        // The emulator has the same API as the service and generates real files. Nothing is charged.
        await using Emulator? emulator = settings.Real ? null : Emulator.Start(new EmulatorOptions { TimeScale = settings.TimeScale });

        // A client owns its connections. Create one and reuse it.
        using AtlasCloudClient client = new(emulator is null ? ServiceOptions() : OptionsFor(emulator));
        Console.WriteLine($"Connected to {client.Options.BaseUri}");
        Directory.CreateDirectory(settings.Output);

        // 1. Generate an image. The submit returns immediately. It is billable and is sent once.
        Prediction picture = await client.Predictions.CreateAsync(
            new GenerationRequest
            {
                Model = "google/nano-banana-2/text-to-image",
                Prompt = "A lighthouse on a cliff at dusk, warm light, wide angle",
                AspectRatio = "16:9",
            },
            cancellationToken: stop);
        Console.WriteLine($"Image submitted    {picture.Id}");

        // 2. Wait and save. The extension is determined from the content. An existing file is replaced only with overwrite.
        picture = await client.Predictions.WaitAsync(picture, stop);
        SavedFile pictureFile = await client.Outputs.SaveAsync(picture.Outputs[0], settings.Output, "lighthouse", overwrite: true, stop);
        Console.WriteLine($"Image saved        {pictureFile}");

        // 3. Upload a file: here the generated image.
        Media upload = await client.Media.UploadAsync(pictureFile.Path, cancellationToken: stop);
        Console.WriteLine($"Image uploaded     {upload.Uri} ({upload.Length:N0} bytes)");

        // 4. Generate a video from the image. MediaSource.FromFile would upload a local file automatically.
        Prediction video = await client.Predictions.CreateAsync(
            new GenerationRequest
            {
                Model = "alibaba/wan-2.6/image-to-video",
                Prompt = "Slow push in, waves below, the lamp turns",
                Images = [MediaSource.FromMedia(upload)],
                Resolution = "720p",
                Duration = 5,
            },
            cancellationToken: stop);
        Console.WriteLine($"Video submitted    {video.Id}");
        video = await client.Predictions.WaitAsync(video, stop);
        SavedFile videoFile = await client.Outputs.SaveAsync(video.Outputs[0], settings.Output, "lighthouse", overwrite: true, stop);
        Console.WriteLine($"Video saved        {videoFile}");

        // 5. Chat without streaming.
        ChatReply title = await client.Chat.CompleteAsync(
            new ChatRequest
            {
                Model = "deepseek-ai/deepseek-v3.2",
                Messages = [new ChatMessage { Role = "user", Text = "One title for a five second clip of a lighthouse at dusk." }],
            },
            stop);
        Console.WriteLine($"Chat               {title.Text}");

        // 6. Chat with streaming. The reply contains the conversation; another message continues it.
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

        // 7. Show the charges.
        Balance balance = await client.Account.GetBalanceAsync(stop);
        Console.WriteLine(emulator is null
            ? $"Account            {balance.Available} {balance.Currency} available"
            : $"Ledger             {emulator.Ledger.Count} requests, {emulator.Charges.Count} charges of {emulator.Charges.Sum(c => c.Amount):0.####} USD (not real), {balance.Available:0.####} USD available");
        Console.WriteLine();
        Console.WriteLine("Files:");
        Console.WriteLine($"  {pictureFile}");
        Console.WriteLine($"  {videoFile}");
    }

    private static AtlasCloudOptions ServiceOptions() => new()
    {
        ApiKey = Environment.GetEnvironmentVariable("ATLASCLOUD_API_KEY"),
        BaseUri = Environment.GetEnvironmentVariable("ATLASCLOUD_BASE_URL") is { Length: > 0 } address ? new Uri(address) : AtlasCloudOptions.DefaultBaseUri,
    };

    // The default polling interval suits the service. The emulator can be polled more often.
    private static AtlasCloudOptions OptionsFor(Emulator emulator) => new()
    {
        ApiKey = emulator.ApiKey,
        BaseUri = emulator.BaseUri,
        PollInterval = TimeSpan.FromSeconds(0.2),
    };
}
