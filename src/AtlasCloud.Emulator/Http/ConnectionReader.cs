using System.Globalization;
using System.Text;

namespace AtlasCloud.Emulation.Http;

/// <summary>Reads request heads and body bytes from a connection through one buffer.</summary>
internal sealed class ConnectionReader
{
    private const int MaximumHeadLength = 32 * 1024;
    private const int MaximumHeaders = 100;

    private readonly Stream _stream;
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;

    internal ConnectionReader(Stream stream) => _stream = stream;

    /// <summary>Reads the next request head; null if the client closed the connection between requests.</summary>
    internal async Task<RequestHead?> ReadHeadAsync(CancellationToken cancellationToken)
    {
        string? line;
        int length = 0;
        do
        {
            // Empty lines before a request are valid, and some clients send one after a body.
            line = await ReadLineAsync(cancellationToken).ConfigureAwait(false);
            length += 2;
        }
        while (line is { Length: 0 } && length < MaximumHeadLength);

        if (line is null)
        {
            return null;
        }

        string[] parts = line.Split(' ');
        if (parts.Length != 3 || !parts[2].StartsWith("HTTP/1.", StringComparison.Ordinal))
        {
            throw new BadRequestException(400, "The request line is not valid for HTTP/1.1.");
        }

        HeaderCollection headers = new();
        while (true)
        {
            string header = await ReadLineAsync(cancellationToken).ConfigureAwait(false)
                ?? throw new IOException("The connection closed within a request head.");
            if (header.Length == 0)
            {
                return new RequestHead(parts[0], parts[1], parts[2], headers);
            }

            length += header.Length + 2;
            int colon = header.IndexOf(':', StringComparison.Ordinal);
            if (length > MaximumHeadLength || headers.Count >= MaximumHeaders)
            {
                throw new BadRequestException(431, "The request head is too large.");
            }

            if (colon <= 0 || header[colon - 1] is ' ' or '\t')
            {
                throw new BadRequestException(400, "A header has no name.");
            }

            headers.Add(header[..colon], header[(colon + 1)..].Trim());
        }
    }

    /// <summary>Reads the size of the next chunk.</summary>
    internal async Task<long> ReadChunkLengthAsync(CancellationToken cancellationToken)
    {
        string line = await ReadLineAsync(cancellationToken).ConfigureAwait(false) ?? throw new IOException("The connection closed within a request body.");
        string digits = line.Split(';')[0].Trim();
        return long.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long length) && length >= 0
            ? length
            : throw new BadRequestException(400, "The size of a chunk is not valid.");
    }

    internal async Task<string?> ReadLineAsync(CancellationToken cancellationToken)
    {
        int searched = 0;
        while (true)
        {
            int newline = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (newline >= 0)
            {
                int length = searched + newline;
                string line = Encoding.UTF8.GetString(_buffer, _start, length);
                _start += length + 1;
                return line.EndsWith('\r') ? line[..^1] : line;
            }

            searched = _end - _start;
            if (searched > MaximumHeadLength)
            {
                throw new BadRequestException(431, "A line of the request head is too long.");
            }

            if (!await FillAsync(cancellationToken).ConfigureAwait(false))
            {
                return _end == _start ? null : throw new IOException("The connection closed within a line.");
            }
        }
    }

    internal async ValueTask<int> ReadAsync(Memory<byte> target, CancellationToken cancellationToken)
    {
        if (_start == _end)
        {
            // Large reads bypass the buffer, so that uploads are copied only once.
            return target.Length >= _buffer.Length
                ? await _stream.ReadAsync(target, cancellationToken).ConfigureAwait(false)
                : await FillAsync(cancellationToken).ConfigureAwait(false) ? CopyBuffered(target) : 0;
        }

        return CopyBuffered(target);
    }

    private int CopyBuffered(Memory<byte> target)
    {
        int count = Math.Min(target.Length, _end - _start);
        _buffer.AsMemory(_start, count).CopyTo(target);
        _start += count;
        return count;
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        int read = await _stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
        _end += read;
        return read > 0;
    }
}
