using System.Text;
using AtlasCloud.FileTypes;
using AtlasCloud.Http;
using AtlasCloud.Outputs;
using AtlasCloud.Predictions;
using Polly;

namespace AtlasCloud;

/// <summary>Brings results to disk: whole, under a safe name, with the extension that their bytes deserve.</summary>
public sealed class OutputResource : IDisposable
{
    private readonly AtlasCloudOptions _options;
    private readonly TimeProvider _clock;
    private readonly PredictionResource _predictions;
    private readonly PredictionRecords _records;
    private readonly DownloadConnection _connection;
    private readonly ResiliencePipeline<SavedFile> _retries;

    internal OutputResource(
        AtlasCloudOptions options, HttpMessageHandler? handler, PredictionResource predictions, PredictionRecords records, TimeProvider clock, Random random)
    {
        (_options, _clock, _predictions, _records) = (options, clock, predictions, records);
        _connection = new DownloadConnection(options, handler);
        _retries = RetryPipelines.Create<SavedFile>(
            options.MaximumRetryCount,
            clock,
            random,
            o => OutputErrors.IsTransient(o.Exception),
            o => (o.Exception as AtlasCloudException)?.RetryAfter is TimeSpan wait && wait > TimeSpan.Zero ? wait : null);
    }

    /// <summary>Saves one output.</summary>
    /// <param name="output">What to save.</param>
    /// <param name="folder">A folder that exists.</param>
    /// <param name="name">The name without an extension.</param>
    /// <param name="overwrite">Whether an existing file may be replaced.</param>
    /// <param name="cancellationToken">Ends it; nothing is left behind.</param>
    /// <returns>The file, with the length and the SHA-256 of what was written.</returns>
    /// <exception cref="AtlasCloudException">FileExists or DownloadIncomplete.</exception>
    public Task<SavedFile> SaveAsync(Output output, string folder, string name, bool overwrite = false, CancellationToken cancellationToken = default) =>
        SaveAsync(output, new SaveTarget(folder, FileNames.MakeSafe(name), overwrite), cancellationToken);

    /// <summary>Creates a saver for a folder. It chooses names, skips what is saved already, and records what it saves in the journal.</summary>
    /// <param name="options">The folder, the name template and the selection.</param>
    /// <exception cref="AtlasCloudException">InvalidParameter: the template is malformed, or the folder is a file.</exception>
    public OutputSaver CreateSaver(SaveOptions options) => new(this, _predictions, _records, options, _clock);

    internal async Task<SavedFile> SaveAsync(Output output, SaveTarget target, CancellationToken cancellationToken)
    {
        if (output.Uri is Uri address)
        {
            Download download = new(_connection, _options, _clock, output, target) { Address = address };
            await using (download.ConfigureAwait(false))
            {
                return await FetchAsync(download, output, cancellationToken).ConfigureAwait(false);
            }
        }

        byte[] content = output.Data ?? Encoding.UTF8.GetBytes(output.Text ?? output.Value);
        FileType type = output.Data is null
            ? FileType.FromContentType(output.ContentType) ?? FileType.ForExtension(".txt")
            : FileSignature.Find(content) ?? FileType.FromContentType(output.ContentType) ?? FileType.Binary;
        return await WriteAsync(content, type, target, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes text beside an output.</summary>
    internal static Task<SavedFile> WriteTextAsync(string text, string extension, SaveTarget target, CancellationToken cancellationToken) =>
        WriteAsync(Encoding.UTF8.GetBytes(text), FileType.ForExtension(extension), target, cancellationToken);

    /// <summary>Frees the connections.</summary>
    public void Dispose() => _connection.Dispose();

    private static async Task<SavedFile> WriteAsync(byte[] content, FileType type, SaveTarget target, CancellationToken cancellationToken)
    {
        PartialFile.CheckFree(target, type);
        PartialFile file = new(target) { Expected = content.Length };
        await using (file.ConfigureAwait(false))
        {
            await file.WriteAsync(content, cancellationToken).ConfigureAwait(false);
            return await file.CompleteAsync(type, cancellationToken).ConfigureAwait(false);
        }
    }

    // An address that leads nowhere any more may have a successor: the prediction is read again, which is free, once.
    private async Task<SavedFile> FetchAsync(Download download, Output output, CancellationToken cancellationToken)
    {
        try
        {
            return await TryAsync(download, cancellationToken).ConfigureAwait(false);
        }
        catch (AtlasCloudException gone) when (OutputErrors.IsExpired(gone) && output.PredictionId is not null)
        {
            download.Address = await ReadAddressAsync(output, output.PredictionId, gone, cancellationToken).ConfigureAwait(false);
            AtlasCloudLog.Verbose($"{gone.Message} Trying the address that the prediction has now.");
        }

        return await TryAsync(download, cancellationToken).ConfigureAwait(false);
    }

    private ValueTask<SavedFile> TryAsync(Download download, CancellationToken cancellationToken) =>
        _retries.ExecuteAsync(static async (d, token) => await d.TryAsync(token).ConfigureAwait(false), download, cancellationToken);

    private async Task<Uri> ReadAddressAsync(Output output, string id, AtlasCloudException gone, CancellationToken cancellationToken)
    {
        try
        {
            Prediction now = await _predictions.GetAsync(id, cancellationToken).ConfigureAwait(false);
            return now.Outputs.FirstOrDefault(o => o.Index == output.Index)?.Uri
                ?? throw OutputErrors.Expired(output, gone.Status, "the host does not give it out any more, and the prediction names it no longer");
        }
        catch (AtlasCloudException unread) when (!OutputErrors.IsExpired(unread))
        {
            throw OutputErrors.Expired(
                output, gone.Status, $"the host does not give it out any more (HTTP {(int?)gone.Status}), and the prediction could not be read again ({unread.Message.TrimEnd('.')})", unread);
        }
    }
}
