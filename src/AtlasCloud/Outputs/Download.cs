using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using AtlasCloud.FileTypes;
using AtlasCloud.Http;
using AtlasCloud.Text;

namespace AtlasCloud.Outputs;

/// <summary>
/// The download of one file. Received bytes are kept between attempts, so that the next attempt requests the remaining range only. They are also kept when
/// the address changes, since a signed address can expire during the download.
/// </summary>
internal sealed class Download(DownloadConnection connection, AtlasCloudOptions options, TimeProvider clock, Output output, SaveTarget target) : IAsyncDisposable
{
    private PartialFile? _file;
    private ContentVerdict _verdict = new(FileType.Binary);
    private AnnouncedDigests _digests = AnnouncedDigests.None;
    private string? _validator;

    internal required Uri Address { get; set; }

    /// <summary>Downloads the file, or the remaining range of it.</summary>
    /// <exception cref="AtlasCloudException">DownloadIncomplete: the attempt failed; IsTransient tells whether another may succeed. FileExists: the name is taken.</exception>
    internal async Task<SavedFile> AttemptAsync(CancellationToken cancellationToken)
    {
        using Deadline deadline = new(options.RequestTimeout, clock, cancellationToken);
        try
        {
            RangeRequest? range = _validator is not null && _file is { Length: > 0 } file ? new RangeRequest(file.Length, _validator) : null;
            using HttpResponseMessage response = await connection.OpenAsync(Address, range, deadline.Token).ConfigureAwait(false);
            if (await IsAlreadyCompleteAsync(response, range, deadline.Token).ConfigureAwait(false))
            {
                return await CompleteAsync(isWhole: true, deadline.Token).ConfigureAwait(false);
            }

            return await ReceiveAsync(response, deadline).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw CreateTransientError(deadline.HasExpired ? $"no data was received for {DurationText.InSeconds(deadline.Limit)}" : "the connection was lost", exception);
        }
        catch (HttpRequestException exception) when (ProxyErrors.IsAuthenticationRequired(exception))
        {
            throw ProxyErrors.AuthenticationRequired(AtlasCloudErrorKind.DownloadIncomplete, "the result", exception);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or SocketException)
        {
            // Disk errors are converted where they occur, so this is a network error.
            throw exception.InnerException as AtlasCloudException ?? CreateTransientError(SafeText.Sanitize(exception.Message, length: 200).TrimEnd('.'), exception);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_file is not null)
        {
            await _file.DisposeAsync().ConfigureAwait(false);
        }
    }

    // True if the host reports that no bytes remain. Throws if the response has no content to write.
    private async Task<bool> IsAlreadyCompleteAsync(HttpResponseMessage response, RangeRequest? requested, CancellationToken cancellationToken)
    {
        int status = (int)response.StatusCode;
        ContentRangeHeaderValue? received = response.Content.Headers.ContentRange;
        if (status == 206)
        {
            // Bytes of another position or version must not be appended to the partial file.
            bool isRequested = requested is not null && received is { Unit: "bytes" } && received.From == requested.From
                && (received.Length is not long length || length == (_file!.ExpectedLength ??= length))
                && (response.Headers.ETag is not EntityTagHeaderValue tag || !requested.Validator.StartsWith('"') || tag.ToString() == requested.Validator);
            return isRequested ? false : throw ResetAndCreateError("the host sent a different range than requested");
        }

        if (status == 416 && requested is not null)
        {
            return received?.Length == requested.From && (_file!.ExpectedLength ?? requested.From) == requested.From
                ? true
                : throw ResetAndCreateError("the host does not have the remaining range of the file");
        }

        if (response.IsSuccessStatusCode)
        {
            return false;
        }

        string problem = $"the host returned HTTP {status}";
        throw status is 408 or 429 or >= 500 ? OutputErrors.Transient(output, problem, retryAfter: GetRetryAfter(response))
            : status is 403 or 404 or 410 || (status == 400 && await ExpiryDetector.ReportsExpiryAsync(response, cancellationToken).ConfigureAwait(false))
            ? OutputErrors.Expired(output, response.StatusCode, $"the URL has expired (HTTP {status})")
            : OutputErrors.Permanent(output, problem);
    }

    private async Task<SavedFile> ReceiveAsync(HttpResponseMessage response, Deadline deadline)
    {
        Stream body = await response.Content.ReadAsStreamAsync(deadline.Token).ConfigureAwait(false);
        await using (body.ConfigureAwait(false))
        {
            MinimumSpeed speed = new(clock);
            byte[] buffer = new byte[128 * 1024];
            int count = 0;
            if (response.StatusCode != HttpStatusCode.PartialContent)
            {
                CheckSize(response.Content.Headers.ContentLength ?? 0);
                while (count < ContentInspector.HeadLength && await ReadAsync(body, buffer.AsMemory(count), speed, deadline).ConfigureAwait(false) is > 0 and int read)
                {
                    count += read;
                }

                BeginFile(response, buffer.AsSpan(0, Math.Min(count, ContentInspector.HeadLength)));
            }
            else
            {
                count = await ReadAsync(body, buffer, speed, deadline).ConfigureAwait(false);
            }

            while (count > 0)
            {
                CheckSize(_file!.Length + count);
                await _file.WriteAsync(buffer.AsMemory(0, count), deadline.Token).ConfigureAwait(false);
                target.Progress?.Invoke(_file.Length, _file.ExpectedLength);
                count = await ReadAsync(body, buffer, speed, deadline).ConfigureAwait(false);
            }
        }

        return await CompleteAsync(isWhole: false, deadline.Token).ConfigureAwait(false);
    }

    private async ValueTask<int> ReadAsync(Stream body, Memory<byte> buffer, MinimumSpeed speed, Deadline deadline)
    {
        int count = await body.ReadAsync(buffer, deadline.Token).ConfigureAwait(false);
        deadline.Restart();
        return speed.IsTooSlowAfter(count) && count > 0
            ? throw CreateTransientError($"fewer than {MinimumSpeed.MinBytes / 1024} KB were received in {MinimumSpeed.Window.TotalMinutes:0} minutes")
            : count;
    }

    private void BeginFile(HttpResponseMessage response, ReadOnlySpan<byte> head)
    {
        _verdict = Inspect(response, head);
        PartialFile.EnsureNotTaken(target, _verdict.Type);
        _file ??= new PartialFile(target);
        if (_file.Length > 0)
        {
            _file.Reset();
        }

        _file.ExpectedLength = response.Content.Headers.ContentLength;
        _digests = AnnouncedDigests.Read(response);
        _validator = RangeRequest.FindValidator(response);
    }

    private async Task<SavedFile> CompleteAsync(bool isWhole, CancellationToken cancellationToken)
    {
        if (_file!.Length == 0 || (_file.ExpectedLength is long expected && expected != _file.Length))
        {
            string problem = $"{_file.Length} of {_file.ExpectedLength?.ToString(CultureInfo.InvariantCulture) ?? "an unknown number of"} bytes were received";
            throw _file.Length < _file.ExpectedLength ? CreateTransientError(problem) : ResetAndCreateError(problem);
        }

        if (_file.FindDamage(_verdict.Type) is string damage)
        {
            // Without a length, the host can have more of the file. Otherwise all of it was received, and another attempt starts again.
            throw _file.ExpectedLength is null && !isWhole ? CreateTransientError(damage) : ResetAndCreateError(damage);
        }

        if (!_file.Matches(_digests))
        {
            throw ResetAndCreateError("the received bytes do not match the digest that the host announced");
        }

        SavedFile saved = await _file.CompleteAsync(_verdict.Type, cancellationToken).ConfigureAwait(false);
        return _verdict.Report(output, saved);
    }

    private ContentVerdict Inspect(HttpResponseMessage response, ReadOnlySpan<byte> head)
    {
        ExpectedContent expected = ExpectedContent.For(output, Address, response.Content.Headers.ContentType?.MediaType);
        string[] codings = [.. response.Content.Headers.ContentEncoding.Where(c => !string.Equals(c, "identity", StringComparison.OrdinalIgnoreCase))];
        if (codings.Length > 0 && FileSignature.Find(head) is null)
        {
            // Never decompressed: a few bytes can expand to gigabytes. A known file type means that only the header is wrong.
            throw OutputErrors.Permanent(output, $"the host sent an unsupported content encoding ('{SafeText.Sanitize(string.Join(", ", codings), length: 40)}')");
        }

        ContentVerdict verdict = ContentInspector.Inspect(head, expected);
        return verdict.Problem is null ? verdict : throw OutputErrors.NotAResult(output, verdict.Problem);
    }

    private void CheckSize(long length)
    {
        if (length > target.MaximumSize)
        {
            throw OutputErrors.TooLarge(output, target.MaximumSize);
        }
    }

    private TimeSpan? GetRetryAfter(HttpResponseMessage response) =>
        response.Headers.RetryAfter is not RetryConditionHeaderValue retryAfter ? null : retryAfter.Delta ?? (retryAfter.Date - clock.GetUtcNow());

    private AtlasCloudException CreateTransientError(string problem, Exception? inner = null) => OutputErrors.Transient(output, problem, inner);

    private AtlasCloudException ResetAndCreateError(string problem)
    {
        _file?.Reset();
        return CreateTransientError(problem);
    }
}
