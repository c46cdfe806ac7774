using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using AtlasCloud.FileTypes;
using AtlasCloud.Http;
using AtlasCloud.Text;

namespace AtlasCloud.Outputs;

/// <summary>
/// One file on its way. What arrived outlives a try, so that the next one asks for the rest only; and it outlives an address, since
/// a signed one can expire in the middle.
/// </summary>
internal sealed class Download(DownloadConnection connection, AtlasCloudOptions options, TimeProvider clock, Output output, SaveTarget target) : IAsyncDisposable
{
    private PartialFile? _file;
    private FileType _type = FileType.Binary;
    private AnnouncedDigests _digests = AnnouncedDigests.None;
    private string? _version;

    internal required Uri Address { get; set; }

    /// <summary>Receives the file, or the rest of it.</summary>
    /// <exception cref="AtlasCloudException">DownloadIncomplete or FileExists.</exception>
    internal async Task<SavedFile> TryAsync(CancellationToken cancellationToken)
    {
        using Deadline deadline = new(options.RequestTimeout, clock, cancellationToken);
        try
        {
            RangeRequest? rest = _version is not null && _file is { Length: > 0 } file ? new RangeRequest(file.Length, _version) : null;
            using HttpResponseMessage response = await connection.OpenAsync(Address, rest, deadline.Token).ConfigureAwait(false);
            if (await IsWholeAlreadyAsync(response, rest, deadline.Token).ConfigureAwait(false))
            {
                return await CompleteAsync(deadline.Token).ConfigureAwait(false);
            }

            return await ReceiveAsync(response, deadline).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw Passing(deadline.HasExpired ? $"nothing arrived for {deadline.Limit.TotalSeconds:0.#} s" : "the connection broke", exception);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or SocketException)
        {
            // Faults of the disk have their own words already: this one came from the network.
            throw exception.InnerException as AtlasCloudException ?? Passing(SafeText.Sanitize(exception.Message, length: 200).TrimEnd('.'), exception);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_file is not null)
        {
            await _file.DisposeAsync().ConfigureAwait(false);
        }
    }

    // True where the host says that there is no rest. Throws where the answer brings nothing to write.
    private async Task<bool> IsWholeAlreadyAsync(HttpResponseMessage response, RangeRequest? rest, CancellationToken cancellationToken)
    {
        int status = (int)response.StatusCode;
        ContentRangeHeaderValue? range = response.Content.Headers.ContentRange;
        if (status == 206)
        {
            // Bytes of another place or version must not be joined to what is here.
            bool fits = rest is not null && range is { Unit: "bytes" } && range.From == rest.From
                && (range.Length is not long length || length == (_file!.Expected ??= length))
                && (response.Headers.ETag is not EntityTagHeaderValue tag || !rest.Version.StartsWith('"') || tag.ToString() == rest.Version);
            return fits ? false : throw StartOver("the host sent another part than the one that was asked for");
        }

        if (status == 416 && rest is not null)
        {
            return range?.Length == rest.From && (_file!.Expected ?? rest.From) == rest.From
                ? true
                : throw StartOver("the host does not have the rest of what it sent");
        }

        if (response.IsSuccessStatusCode)
        {
            return false;
        }

        string what = $"the host answered HTTP {status}";
        throw status is 408 or 429 or >= 500 ? OutputErrors.Transient(output, what, retryAfter: RetryAfter(response))
            : status is 403 or 404 or 410 || (status == 400 && await SaysExpiredAsync(response, cancellationToken).ConfigureAwait(false))
            ? OutputErrors.Expired(output, response.StatusCode, $"the host does not give it out any more (HTTP {status})")
            : OutputErrors.Permanent(output, what);
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
                while (count < ErrorPageDetector.HeadLength && await ReadAsync(body, buffer.AsMemory(count), speed, deadline).ConfigureAwait(false) is > 0 and int more)
                {
                    count += more;
                }

                Begin(response, buffer.AsSpan(0, Math.Min(count, ErrorPageDetector.HeadLength)));
            }
            else
            {
                count = await ReadAsync(body, buffer, speed, deadline).ConfigureAwait(false);
            }

            while (count > 0)
            {
                CheckSize(_file!.Length + count);
                await _file.WriteAsync(buffer.AsMemory(0, count), deadline.Token).ConfigureAwait(false);
                target.Progress?.Invoke(_file.Length, _file.Expected);
                count = await ReadAsync(body, buffer, speed, deadline).ConfigureAwait(false);
            }
        }

        return await CompleteAsync(deadline.Token).ConfigureAwait(false);
    }

    private async ValueTask<int> ReadAsync(Stream body, Memory<byte> buffer, MinimumSpeed speed, Deadline deadline)
    {
        int count = await body.ReadAsync(buffer, deadline.Token).ConfigureAwait(false);
        deadline.Restart();
        return speed.IsTooLowAfter(count) && count > 0
            ? throw Passing($"fewer than {MinimumSpeed.LeastBytes / 1024} KB arrived in {MinimumSpeed.Window.TotalMinutes:0} minutes")
            : count;
    }

    private void Begin(HttpResponseMessage response, ReadOnlySpan<byte> head)
    {
        _type = TypeOf(response, head);
        PartialFile.CheckFree(target, _type);
        _file ??= new PartialFile(target);
        if (_file.Length > 0)
        {
            _file.StartOver();
        }

        _file.Expected = response.Content.Headers.ContentLength;
        _digests = AnnouncedDigests.Read(response);
        _version = RangeRequest.VersionOf(response);
    }

    private async Task<SavedFile> CompleteAsync(CancellationToken cancellationToken)
    {
        if (_file!.Length == 0 || (_file.Expected is long expected && expected != _file.Length))
        {
            string why = $"{_file.Length} of {_file.Expected?.ToString(CultureInfo.InvariantCulture) ?? "some"} bytes arrived";
            throw _file.Length < _file.Expected ? Passing(why) : StartOver(why);
        }

        return _file.Fits(_digests)
            ? await _file.CompleteAsync(_type, cancellationToken).ConfigureAwait(false)
            : throw StartOver("the bytes are not those that the host announced by their digest");
    }

    // The bytes are the truth; what the host calls them comes next, and the address last, for signed ones often have no name.
    private FileType TypeOf(HttpResponseMessage response, ReadOnlySpan<byte> head)
    {
        FileType? labelled = FileType.FromContentType(response.Content.Headers.ContentType?.MediaType);
        FileType? named = FileType.FromContentType(output.ContentType) ?? FileType.FromAddress(Address);
        if (ErrorPageDetector.Find(head, named ?? FileType.ForKind(output.Kind), labelled) is string wrong)
        {
            throw OutputErrors.Permanent(output, wrong);
        }

        FileType? found = FileSignature.Find(head);
        string[] codings = [.. response.Content.Headers.ContentEncoding.Where(c => !string.Equals(c, "identity", StringComparison.OrdinalIgnoreCase))];
        if (codings.Length > 0 && found is null)
        {
            // Never unpacked: a few bytes can hold gigabytes. A picture that only bears the label is a picture.
            throw OutputErrors.Permanent(output, $"the host sent it packed ('{SafeText.Sanitize(string.Join(", ", codings), length: 40)}'), which was not asked for");
        }

        // USDZ is a ZIP by its bytes; its name knows better.
        return found is { Extension: ".zip" } && named is { Kind: MediaKind.ThreeD } ? named : found ?? labelled ?? named ?? FileType.Binary;
    }

    private void CheckSize(long length)
    {
        if (length > target.MaximumSize)
        {
            throw OutputErrors.TooLarge(output, target.MaximumSize);
        }
    }

    private static async Task<bool> SaysExpiredAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        byte[] head = new byte[4096];
        Stream body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        int count = await body.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        return ErrorPageDetector.SaysExpired(head.AsSpan(0, count));
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response) =>
        response.Headers.RetryAfter is not RetryConditionHeaderValue wish ? null : wish.Delta ?? (wish.Date - clock.GetUtcNow());

    private AtlasCloudException Passing(string why, Exception? inner = null) => OutputErrors.Transient(output, why, inner);

    private AtlasCloudException StartOver(string why)
    {
        _file?.StartOver();
        return Passing(why);
    }
}
