using System.Globalization;

namespace AtlasCloud.Emulation.Http;

/// <summary>The body of a request, read on demand from the connection, with a Content-Length or in chunks.</summary>
internal sealed class RequestBody : ReadOnlyStream
{
    private readonly ConnectionReader _reader;
    private readonly Stream _connection;
    private readonly bool _isChunked;
    private bool _awaitsContinue;
    private bool _inChunk;
    private long _remaining;

    internal RequestBody(ConnectionReader reader, Stream connection, RequestHead head)
    {
        (_reader, _connection) = (reader, connection);
        _awaitsContinue = head.Headers.HasToken("Expect", "100-continue");
        string? length = head.Headers["Content-Length"];
        if (head.Headers["Transfer-Encoding"] is { } encoding)
        {
            // Accepting both would allow request smuggling.
            _isChunked = encoding.Equals("chunked", StringComparison.OrdinalIgnoreCase) && length is null
                ? true
                : throw new BadRequestException(400, "The length of the body is ambiguous.");
        }
        else if (length is not null)
        {
            DeclaredLength = _remaining = long.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out long parsed)
                ? parsed
                : throw new BadRequestException(400, "Content-Length is not a number.");
        }

        IsComplete = !_isChunked && _remaining == 0;
    }

    /// <summary>The Content-Length; null for a chunked body.</summary>
    internal long? DeclaredLength { get; }

    /// <summary>Whether the whole body was read.</summary>
    internal bool IsComplete { get; private set; }

    /// <summary>Whether the client waits for 100 Continue before it sends the body.</summary>
    internal bool IsAwaitingContinue => _awaitsContinue && !IsComplete;

    internal long BytesRead { get; private set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (IsComplete || buffer.IsEmpty)
        {
            return 0;
        }

        if (_awaitsContinue)
        {
            _awaitsContinue = false;
            await _connection.WriteAsync("HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray(), cancellationToken).ConfigureAwait(false);
        }

        if (_isChunked && _remaining == 0 && !await ReadChunkHeaderAsync(cancellationToken).ConfigureAwait(false))
        {
            return 0;
        }

        int count = (int)Math.Min(buffer.Length, _remaining);
        int read = await _reader.ReadAsync(buffer[..count], cancellationToken).ConfigureAwait(false);
        if (read == 0)
        {
            throw new IOException("The connection closed within a request body.");
        }

        _remaining -= read;
        BytesRead += read;
        IsComplete = !_isChunked && _remaining == 0;
        return read;
    }

    private async ValueTask<bool> ReadChunkHeaderAsync(CancellationToken cancellationToken)
    {
        if (_inChunk)
        {
            await _reader.ReadLineAsync(cancellationToken).ConfigureAwait(false);
        }

        _inChunk = true;
        _remaining = await _reader.ReadChunkLengthAsync(cancellationToken).ConfigureAwait(false);
        if (_remaining > 0)
        {
            return true;
        }

        while (await _reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { Length: > 0 })
        {
            // Trailers are ignored.
        }

        IsComplete = true;
        return false;
    }
}
