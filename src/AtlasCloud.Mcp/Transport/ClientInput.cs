using System.Buffers;
using System.IO.Pipelines;

namespace AtlasCloud.Mcp.Transport;

/// <summary>
/// Reads the messages of the client, one per line, and passes them on. The read of standard input cannot be canceled, so it has a thread of its own, and
/// the server reads from a pipe that can be closed.
/// </summary>
internal sealed class ClientInput
{
    /// <summary>The longest accepted message. A longer one is dropped.</summary>
    internal const int MaxMessageBytes = 16 * 1024 * 1024;

    private const byte NewLine = (byte)'\n';

    private readonly Pipe _pipe = new(new PipeOptions(pauseWriterThreshold: 2L * MaxMessageBytes, resumeWriterThreshold: MaxMessageBytes, useSynchronizationContext: false));
    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly Stream _source;
    private readonly Action<string> _log;
    private bool _isTooLong;
    private volatile bool _hasEnded;

    /// <param name="source">What the client writes to.</param>
    /// <param name="log">Receives a message about dropped lines.</param>
    internal ClientInput(Stream source, Action<string> log)
    {
        (_source, _log) = (source, log);
        Messages = _pipe.Reader.AsStream();
    }

    /// <summary>The messages.</summary>
    internal Stream Messages { get; }

    /// <summary>Whether the client has closed the stream.</summary>
    internal bool HasEnded => _hasEnded;

    /// <summary>Starts to read.</summary>
    /// <param name="onEnd">Called when the client has closed the stream, before the server sees the end.</param>
    internal void Start(Action onEnd)
    {
        Thread reader = new(() => Read(onEnd)) { IsBackground = true, Name = "AtlasCloud MCP input" };
        reader.Start();
    }

    private void Read(Action onEnd)
    {
        byte[] buffer = new byte[64 * 1024];
        try
        {
            int count;
            while ((count = _source.Read(buffer, 0, buffer.Length)) > 0 && Add(buffer.AsSpan(0, count)))
            {
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The client has disconnected.
        }

        _hasEnded = true;
        onEnd();
        _pipe.Writer.Complete();
    }

    /// <summary>Passes complete lines on; false if the server no longer reads.</summary>
    private bool Add(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int end = bytes.IndexOf(NewLine);
            ReadOnlySpan<byte> part = end < 0 ? bytes : bytes[..(end + 1)];
            bytes = bytes[part.Length..];
            _isTooLong |= _line.WrittenCount + part.Length > MaxMessageBytes;
            if (!_isTooLong)
            {
                _line.Write(part);
            }

            if (end >= 0 && !EndLine())
            {
                return false;
            }
        }

        return true;
    }

    private bool EndLine()
    {
        bool isOpen = true;
        if (_isTooLong)
        {
            _log($"A message of more than {MaxMessageBytes} bytes was dropped.");
        }
        else
        {
            _pipe.Writer.Write(_line.WrittenSpan);
            FlushResult result = _pipe.Writer.FlushAsync().AsTask().GetAwaiter().GetResult();
            isOpen = !result.IsCompleted;
        }

        _line.ResetWrittenCount();
        _isTooLong = false;
        return isOpen;
    }
}
