using System.Text;
using AtlasCloud.Emulation.Http;

namespace AtlasCloud.Emulation.Media;

/// <summary>Streams a multipart form, so that uploads of any size need constant memory.</summary>
internal sealed class MultipartReader
{
    private const int BufferLength = 128 * 1024;
    private const int MaximumHeadLength = 16 * 1024;

    private readonly Stream _source;
    private readonly byte[] _delimiter;
    private readonly byte[] _buffer = new byte[BufferLength];
    private int _start;
    private int _end;
    private bool _sourceEnded;

    private MultipartReader(Stream source, string boundary)
    {
        _source = source;
        _delimiter = Encoding.UTF8.GetBytes("\r\n--" + boundary);

        // The first boundary is not preceded by a line break.
        "\r\n"u8.CopyTo(_buffer);
        _end = 2;
    }

    /// <summary>Creates a reader for a form; null if the request is not a multipart form.</summary>
    internal static MultipartReader? TryCreate(Request request)
    {
        if (request.MediaType != "multipart/form-data" || FindParameter(request.Headers["Content-Type"]!, "boundary") is not { Length: > 0 and <= 200 } boundary)
        {
            return null;
        }

        return new MultipartReader(request.Body, boundary);
    }

    /// <summary>The next file part; null at the end of the form. Other parts are skipped.</summary>
    internal async Task<MultipartFile?> NextFileAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await SkipPartAsync(cancellationToken).ConfigureAwait(false);
            if (await ReadHeadAsync(cancellationToken).ConfigureAwait(false) is not { } head)
            {
                return null;
            }

            string disposition = FindHeader(head, "Content-Disposition") ?? "";
            if ((FindParameter(disposition, "filename*") ?? FindParameter(disposition, "filename")) is { } fileName)
            {
                return new MultipartFile(FindParameter(disposition, "name") ?? "", DecodeFileName(fileName), new MultipartPartStream(this));
            }
        }
    }

    /// <summary>Reads from the current part; returns 0 at its end.</summary>
    internal async ValueTask<int> ReadPartAsync(Memory<byte> target, CancellationToken cancellationToken)
    {
        while (true)
        {
            int delimiter = _buffer.AsSpan(_start, _end - _start).IndexOf(_delimiter);
            if (delimiter == 0)
            {
                return 0;
            }

            // Bytes that could start a boundary stay in the buffer until more data arrives.
            int available = delimiter > 0 ? delimiter : _end - _start - _delimiter.Length + 1;
            if (available > 0)
            {
                int count = Math.Min(available, target.Length);
                _buffer.AsMemory(_start, count).CopyTo(target);
                _start += count;
                return count;
            }

            if (!await FillAsync(cancellationToken).ConfigureAwait(false))
            {
                throw new BadRequestException(400, "The form ends within a part.");
            }
        }
    }

    private async Task SkipPartAsync(CancellationToken cancellationToken)
    {
        byte[] rest = new byte[16 * 1024];
        while (await ReadPartAsync(rest, cancellationToken).ConfigureAwait(false) > 0)
        {
        }

        _start += _delimiter.Length;
    }

    private async Task<string?> ReadHeadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_buffer.AsSpan(_start, _end - _start).StartsWith("--"u8))
            {
                return null;
            }

            int end = _buffer.AsSpan(_start, _end - _start).IndexOf("\r\n\r\n"u8);
            if (end >= 0)
            {
                string head = Encoding.UTF8.GetString(_buffer, _start, end);
                _start += end + 4;
                return head;
            }

            if (_end - _start > MaximumHeadLength || !await FillAsync(cancellationToken).ConfigureAwait(false))
            {
                throw new BadRequestException(400, "A part of the form has no headers.");
            }
        }
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_sourceEnded)
        {
            return false;
        }

        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        int read = await _source.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
        _end += read;
        _sourceEnded = read == 0;
        return read > 0;
    }

    private static string? FindHeader(string head, string name) => head.Split("\r\n")
        .Where(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))
        .Select(line => line[(name.Length + 1)..].Trim())
        .FirstOrDefault();

    /// <summary>A parameter of a header value, without quotes.</summary>
    private static string? FindParameter(string value, string name)
    {
        foreach (string part in value.Split(';').Skip(1).Select(p => p.Trim()))
        {
            if (part.StartsWith(name + "=", StringComparison.OrdinalIgnoreCase))
            {
                return part[(name.Length + 1)..].Trim('"');
            }
        }

        return null;
    }

    private static string DecodeFileName(string fileName)
    {
        const string Utf8 = "utf-8''";
        return fileName.StartsWith(Utf8, StringComparison.OrdinalIgnoreCase) ? Uri.UnescapeDataString(fileName[Utf8.Length..]) : fileName;
    }
}
