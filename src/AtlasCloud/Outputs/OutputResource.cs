using System.Text;
using AtlasCloud.Http;
using Polly;
using Polly.Retry;

namespace AtlasCloud;

/// <summary>Brings results to disk: whole, under a safe name, with the extension that their bytes deserve.</summary>
public sealed class OutputResource : IDisposable
{
    private readonly AtlasCloudOptions _options;
    private readonly TimeProvider _clock;
    private readonly DownloadConnection _connection;
    private readonly ResiliencePipeline<string> _again;

    internal OutputResource(AtlasCloudOptions options, HttpMessageHandler? handler, TimeProvider clock, Random random)
    {
        (_options, _clock) = (options, clock);
        _connection = new DownloadConnection(options, handler);
        ResiliencePipelineBuilder<string> builder = new() { TimeProvider = clock };
        _again = options.MaximumRetryCount < 1 ? ResiliencePipeline<string>.Empty : builder.AddRetry(new RetryStrategyOptions<string>
        {
            MaxRetryAttempts = options.MaximumRetryCount,
            Delay = TimeSpan.FromSeconds(1),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Randomizer = () => { lock (builder) { return random.NextDouble(); } },
            ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Exception is AtlasCloudException { Kind: AtlasCloudErrorKind.DownloadIncomplete } fault && IsPassing(fault)),
            OnRetry = arguments =>
            {
                Diagnostics.Verbose($"{arguments.Outcome.Exception?.Message} Trying again in {arguments.RetryDelay.TotalSeconds:0.#} s.");
                return default;
            },
        }).Build();
    }

    /// <summary>Saves one output.</summary>
    /// <param name="output">What to save.</param>
    /// <param name="folder">A folder that exists.</param>
    /// <param name="name">The name without an extension.</param>
    /// <param name="overwrite">Whether an existing file may be replaced.</param>
    /// <param name="cancellationToken">Ends it; nothing is left behind.</param>
    /// <returns>The full path of the file.</returns>
    /// <exception cref="AtlasCloudException">FileExists or DownloadIncomplete.</exception>
    public Task<string> SaveAsync(Output output, string folder, string name, bool overwrite = false, CancellationToken cancellationToken = default) =>
        SaveAsync(output, new SaveTarget(folder, FileNames.MakeSafe(name), overwrite), cancellationToken);

    internal async Task<string> SaveAsync(Output output, SaveTarget target, CancellationToken cancellationToken)
    {
        if (output.Uri is Uri address)
        {
            return await _again.ExecuteAsync(
                static async (s, token) => await s.Resource.DownloadAsync(s.Output, s.Address, s.Target, token).ConfigureAwait(false),
                (Resource: this, Output: output, Address: address, Target: target),
                cancellationToken).ConfigureAwait(false);
        }

        byte[] content = output.Data ?? Encoding.UTF8.GetBytes(output.Text ?? output.Value);
        FileType type = output.Data is null
            ? FileType.FromContentType(output.ContentType) ?? FileType.Of(".txt")
            : FileSignature.Find(content) ?? FileType.FromContentType(output.ContentType) ?? FileType.Binary;
        try
        {
            return await WriteAsync(content, type, target, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Incomplete(output, SafeText.Show(exception.Message, length: 200).TrimEnd('.'), isPassing: false, exception);
        }
    }

    /// <summary>Writes text beside an output.</summary>
    internal static Task<string> WriteTextAsync(string text, string extension, SaveTarget target, CancellationToken cancellationToken) =>
        WriteAsync(Encoding.UTF8.GetBytes(text), FileType.Of(extension), target, cancellationToken);

    /// <summary>Frees the connections.</summary>
    public void Dispose() => _connection.Dispose();

    private static async Task<string> WriteAsync(byte[] content, FileType type, SaveTarget target, CancellationToken cancellationToken)
    {
        PartialFile.CheckFree(target, type);
        PartialFile file = new(target);
        await using (file.ConfigureAwait(false))
        {
            await file.WriteAsync(content, cancellationToken).ConfigureAwait(false);
            return await file.CompleteAsync(type, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<string> DownloadAsync(Output output, Uri address, SaveTarget target, CancellationToken cancellationToken)
    {
        using Deadline deadline = new(_options.RequestTimeout, _clock, cancellationToken);
        try
        {
            using HttpResponseMessage response = await _connection.OpenAsync(address, deadline.Token).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
            {
                throw Incomplete(output, $"the host answered HTTP {(int)response.StatusCode}", isPassing: (int)response.StatusCode is 408 or 429 or >= 500);
            }

            return await ReceiveAsync(output, address, response, target, deadline).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw Incomplete(output, deadline.Passed ? $"nothing arrived for {deadline.Limit.TotalSeconds:0.#} s" : "the connection broke", isPassing: true, exception);
        }
        catch (Exception exception) when (exception is HttpRequestException or HttpIOException)
        {
            if (exception.InnerException is AtlasCloudException refused)
            {
                throw refused;
            }

            throw Incomplete(output, SafeText.Show(exception.Message, length: 200).TrimEnd('.'), isPassing: true, exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Incomplete(output, SafeText.Show(exception.Message, length: 200).TrimEnd('.'), isPassing: exception.InnerException is System.Net.Sockets.SocketException, exception);
        }
    }

    private static async Task<string> ReceiveAsync(Output output, Uri address, HttpResponseMessage response, SaveTarget target, Deadline deadline)
    {
        long? announced = response.Content.Headers.ContentLength;
        Stream body = await response.Content.ReadAsStreamAsync(deadline.Token).ConfigureAwait(false);
        await using (body.ConfigureAwait(false))
        {
            byte[] buffer = new byte[128 * 1024];
            int count = await body.ReadAtLeastAsync(buffer, FileSignature.Length, throwOnEndOfStream: false, deadline.Token).ConfigureAwait(false);
            FileType type = TypeOf(output, address, response, buffer.AsSpan(0, Math.Min(count, FileSignature.Length)));
            PartialFile.CheckFree(target, type);
            PartialFile file = new(target);
            await using (file.ConfigureAwait(false))
            {
                while (count > 0)
                {
                    deadline.StartAgain();
                    await file.WriteAsync(buffer.AsMemory(0, count), deadline.Token).ConfigureAwait(false);
                    if (file.Length > target.MaximumSize)
                    {
                        throw Incomplete(output, $"it is larger than {target.MaximumSize} bytes", isPassing: false);
                    }

                    target.Progress?.Invoke(file.Length, announced);
                    count = await body.ReadAsync(buffer, deadline.Token).ConfigureAwait(false);
                }

                if (file.Length == 0 || (announced is long expected && expected != file.Length))
                {
                    throw Incomplete(output, $"{file.Length} of {announced?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "some"} bytes arrived", isPassing: true);
                }

                return await file.CompleteAsync(type, deadline.Token).ConfigureAwait(false);
            }
        }
    }

    // The bytes are the truth; what the host calls them comes next, and the address last, for signed ones often have no name.
    private static FileType TypeOf(Output output, Uri address, HttpResponseMessage response, ReadOnlySpan<byte> head)
    {
        FileType? labelled = FileType.FromContentType(response.Content.Headers.ContentType?.MediaType);
        if (FileSignature.IsHtml(head) && labelled?.Extension != ".svg")
        {
            throw Incomplete(output, "the host sent a web page in its place", isPassing: false);
        }

        FileType? named = FileType.FromContentType(output.ContentType) ?? FileType.FromAddress(address);
        FileType? found = FileSignature.Find(head);

        // USDZ is a ZIP by its bytes; its name knows better.
        return found is { Extension: ".zip" } && named is { Kind: MediaKind.ThreeD } ? named : found ?? labelled ?? named ?? FileType.Binary;
    }

    private static AtlasCloudException Incomplete(Output output, string why, bool isPassing, Exception? inner = null)
    {
        AtlasCloudException exception = new(
            AtlasCloudErrorKind.DownloadIncomplete,
            $"Output {output.Index} of prediction {output.PredictionId ?? "(unknown)"} was not saved: {why}.",
            inner)
        {
            RecommendedAction = output.PredictionId is string id
                ? $"Try again with: Get-AtlasPrediction {id} | Save-AtlasOutput. Results are kept for a limited time."
                : "Try again soon: results are kept for a limited time.",
            Target = output,
        };
        if (isPassing)
        {
            exception.Data[nameof(IsPassing)] = true;
        }

        return exception;
    }

    private static bool IsPassing(Exception exception) => exception.Data.Contains(nameof(IsPassing));
}
