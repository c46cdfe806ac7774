using System.Text;
using AtlasCloud.FileTypes;
using AtlasCloud.Http;
using AtlasCloud.Outputs;
using AtlasCloud.Predictions;
using Polly;

namespace AtlasCloud;

/// <summary>Saves results to disk: complete and verified, under a safe name, with the extension of their actual file type. API reference, section 9.</summary>
public sealed class OutputResource
{
    private const int CopyBytes = 128 * 1024;

    private readonly AtlasCloudOptions _options;
    private readonly TimeProvider _clock;
    private readonly PredictionResource _predictions;
    private readonly PredictionRecords _records;
    private readonly DownloadConnection _connection;
    private readonly Random _random;

    // Created with the first download, like the retries of requests.
    private ResiliencePipeline<SavedFile>? _retries;

    internal OutputResource(
        AtlasCloudOptions options, DownloadConnection connection, PredictionResource predictions, PredictionRecords records, TimeProvider clock, Random random)
    {
        (_options, _connection, _clock, _predictions, _records) = (options, connection, clock, predictions, records);
        _random = random;
    }

    /// <summary>Saves one output. An interrupted download is resumed; transient failures are retried.</summary>
    /// <param name="output">The output.</param>
    /// <param name="folder">The folder, which must exist.</param>
    /// <param name="name">The file name without extension. Characters that are not valid in file names are replaced.</param>
    /// <param name="overwrite">Whether an existing file is overwritten. Default: false.</param>
    /// <param name="cancellationToken">Cancels the download; no partial file is left.</param>
    /// <returns>The file, with the length and SHA-256 of what was written.</returns>
    /// <exception cref="AtlasCloudException">FileExists: the name is taken. DownloadIncomplete: the output could not be downloaded or written.</exception>
    public Task<SavedFile> SaveAsync(Output output, string folder, string name, bool overwrite = false, CancellationToken cancellationToken = default) =>
        SaveAsync(output, new SaveTarget(folder, FileNameSanitizer.MakeSafe(name), overwrite), cancellationToken);

    /// <summary>Creates a saver for a folder. It chooses names, skips what is saved already, and records what it saves in the journal.</summary>
    /// <param name="options">The folder, the name template and the selection.</param>
    /// <exception cref="AtlasCloudException">InvalidParameter: the template is malformed, or the folder is a file.</exception>
    public OutputSaver CreateSaver(SaveOptions options) => new(this, _predictions, _records, options, _clock);

    /// <summary>The API key, which is masked in what is written.</summary>
    internal string? Key => _options.ApiKey;

    internal async Task<SavedFile> SaveAsync(Output output, SaveTarget target, CancellationToken cancellationToken)
    {
        if (output.Uri is Uri address)
        {
            Download download = new(_connection, _options, _clock, output, target) { Address = address };
            await using (download.ConfigureAwait(false))
            {
                return await DownloadAsync(download, output, cancellationToken).ConfigureAwait(false);
            }
        }

        if (output.LocalPath is string source)
        {
            return await CopyAsync(source, output, target, cancellationToken).ConfigureAwait(false);
        }

        if (output.IsUnread)
        {
            throw PredictionErrors.OutputsUnread(output.PredictionId, "some of its outputs could not be read. The others can be saved.", output);
        }

        if (output.Data is not byte[] content)
        {
            FileType text = FileType.FromContentType(output.ContentType) ?? FileType.ForExtension(".txt");
            return await WriteAsync(Encoding.UTF8.GetBytes(output.Text ?? output.Value), text, target, cancellationToken).ConfigureAwait(false);
        }

        ContentVerdict verdict = ContentInspector.Inspect(content.AsSpan(0, Math.Min(content.Length, ContentInspector.HeadLength)), ExpectedContent.For(output, null, null));
        using MemoryStream stream = new(content, writable: false);
        return (verdict.Problem ?? FileStructure.FindDamage(stream, verdict.Type)) is string problem
            ? throw OutputErrors.NotAResult(output, problem)
            : verdict.Report(output, await WriteAsync(content, verdict.Type, target, cancellationToken).ConfigureAwait(false));
    }

    private static async Task<SavedFile> CopyAsync(string source, Output output, SaveTarget target, CancellationToken cancellationToken)
    {
        FileType type = FileType.FromExtension(source) ?? FileType.Binary;
        PartialFile.EnsureNotTaken(target, type);
        PartialFile copy = new(target);
        await using (copy.ConfigureAwait(false))
        {
            try
            {
                FileStream file = new(source, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, CopyBytes, FileOptions.Asynchronous | FileOptions.SequentialScan);
                await using (file.ConfigureAwait(false))
                {
                    byte[] buffer = new byte[CopyBytes];
                    for (int read; (read = await file.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;)
                    {
                        await copy.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                    }
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw OutputErrors.Permanent(output, $"'{source}', in which an earlier run saved it, cannot be read", exception);
            }

            return await copy.CompleteAsync(type, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Writes a text file.</summary>
    internal static Task<SavedFile> WriteTextAsync(string text, string extension, SaveTarget target, CancellationToken cancellationToken) =>
        WriteAsync(Encoding.UTF8.GetBytes(text), FileType.ForExtension(extension), target, cancellationToken);

    private static async Task<SavedFile> WriteAsync(byte[] content, FileType type, SaveTarget target, CancellationToken cancellationToken)
    {
        PartialFile.EnsureNotTaken(target, type);
        PartialFile file = new(target) { ExpectedLength = content.Length };
        await using (file.ConfigureAwait(false))
        {
            await file.WriteAsync(content, cancellationToken).ConfigureAwait(false);
            return await file.CompleteAsync(type, cancellationToken).ConfigureAwait(false);
        }
    }

    // If the address has expired, the prediction is read again once, which is free: it may have a new address.
    private async Task<SavedFile> DownloadAsync(Download download, Output output, CancellationToken cancellationToken)
    {
        try
        {
            return await TryAsync(download, cancellationToken).ConfigureAwait(false);
        }
        catch (AtlasCloudException expired) when (OutputErrors.IsExpired(expired) && output.PredictionId is not null)
        {
            download.Address = await ReadAddressAsync(output, output.PredictionId, expired, cancellationToken).ConfigureAwait(false);
            AtlasCloudLog.Verbose($"{expired.Message} Retrying with the current URL of the output.");
        }

        return await TryAsync(download, cancellationToken).ConfigureAwait(false);
    }

    private ResiliencePipeline<SavedFile> CreateRetries() => RetryRules.Create<SavedFile>(
        _options.MaximumRetryCount,
        _clock,
        _random,
        o => OutputErrors.IsTransient(o.Exception),
        o => (o.Exception as AtlasCloudException)?.RetryAfter is TimeSpan wait && wait > TimeSpan.Zero ? wait : null);

    private ValueTask<SavedFile> TryAsync(Download download, CancellationToken cancellationToken) =>
        (_retries ??= CreateRetries()).ExecuteAsync(static (d, token) => new ValueTask<SavedFile>(d.AttemptAsync(token)), download, cancellationToken);

    private async Task<Uri> ReadAddressAsync(Output output, string id, AtlasCloudException expired, CancellationToken cancellationToken)
    {
        try
        {
            Prediction current = await _predictions.GetAsync(id, cancellationToken).ConfigureAwait(false);
            return current.Outputs.FirstOrDefault(o => o.Index == output.Index)?.Uri
                ?? throw OutputErrors.Expired(output, expired.Status, "its URL has expired, and the prediction no longer has this output");
        }
        catch (AtlasCloudException failure) when (!OutputErrors.IsExpired(failure))
        {
            throw OutputErrors.Expired(
                output, expired.Status, $"its URL has expired (HTTP {(int?)expired.Status}), and the prediction could not be read again ({failure.Message.TrimEnd('.')})", failure);
        }
    }
}
