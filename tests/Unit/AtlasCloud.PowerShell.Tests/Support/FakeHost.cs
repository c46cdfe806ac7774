using System.Collections.Concurrent;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using System.Text;
using AtlasCloud.Tests;

namespace AtlasCloud.PowerShell.Tests.Support;

/// <summary>
/// A host with a terminal whose keys come from a test. A step runs once the command waits for a key, or, by the clock of the keyboard, some time after the
/// previous one.
/// </summary>
internal sealed class FakeHost : PSHost
{
    private readonly FakeScreen _screen;

    internal FakeHost() => _screen = new FakeScreen(KeyboardClock);

    /// <summary>The clock that pauses between keys are measured with. Waiting for it takes no time.</summary>
    internal FakeClock KeyboardClock { get; } = new();

    public override CultureInfo CurrentCulture => CultureInfo.InvariantCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.InvariantCulture;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override string Name => "FakeHost";

    public override PSHostUserInterface UI => _screen;

    public override Version Version { get; } = new(1, 0);

    /// <summary>Everything that was written, without what the editor drew while an entry was edited.</summary>
    internal string Text => string.Join('\n', _screen.Text.Split('\n').Select(line => line[(line.LastIndexOf("\u001b[J", StringComparison.Ordinal) is int i and >= 0 ? i + 3 : 0)..]));

    internal IReadOnlyList<string> ErrorLines => [.. _screen.ErrorLines];

    /// <summary>Adds keys: text as if it was pasted, and names in braces such as {Up}. Each call is a burst.</summary>
    internal void Type(params string[] bursts)
    {
        foreach (string burst in bursts)
        {
            _screen.Keys.Enqueue(burst);
        }
    }

    /// <summary>The keys of the fake keyboard, parsed from text.</summary>
    internal static IEnumerable<KeyInfo> Parse(string burst)
    {
        for (int i = 0; i < burst.Length; i++)
        {
            if (burst[i] == '{' && burst.IndexOf('}', i) is int end and > 0)
            {
                yield return Named(burst[(i + 1)..end]);
                i = end;
            }
            else
            {
                yield return burst[i] is '\n' ? new KeyInfo((int)ConsoleKey.Enter, '\r', 0, true) : new KeyInfo(0, burst[i], 0, true);
            }
        }
    }

    public override void EnterNestedPrompt() => throw new NotSupportedException();

    public override void ExitNestedPrompt() => throw new NotSupportedException();

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }

    public override void SetShouldExit(int exitCode)
    {
    }

    private static KeyInfo Named(string name)
    {
        string[] parts = name.Split('+');
        ControlKeyStates states = parts.Contains("Ctrl") ? ControlKeyStates.LeftCtrlPressed : parts.Contains("Alt") ? ControlKeyStates.LeftAltPressed : parts.Contains("Shift") ? ControlKeyStates.ShiftPressed : 0;
        ConsoleKey key = parts[^1] switch
        {
            "Up" => ConsoleKey.UpArrow,
            "Down" => ConsoleKey.DownArrow,
            "Left" => ConsoleKey.LeftArrow,
            "Right" => ConsoleKey.RightArrow,
            "Brace" => ConsoleKey.Oem4,
            string other => Enum.Parse<ConsoleKey>(other),
        };
        char character = key switch
        {
            ConsoleKey.Tab => '\t',
            ConsoleKey.Enter => '\r',
            ConsoleKey.Escape => '\u001b',
            ConsoleKey.Oem4 => '{',
            >= ConsoleKey.A and <= ConsoleKey.Z when states == ControlKeyStates.LeftCtrlPressed => (char)(key - ConsoleKey.A + 1),
            _ => '\0',
        };
        return new KeyInfo((int)key, character, states, true);
    }

    private sealed class FakeScreen : PSHostUserInterface
    {
        private readonly StringBuilder _text = new();
        private readonly FakeTerminal _terminal;

        internal FakeScreen(TimeProvider clock) => _terminal = new FakeTerminal(this, clock);

        internal ConcurrentQueue<string> Keys { get; } = new();

        internal ConcurrentQueue<string> ErrorLines { get; } = new();

        internal string Text
        {
            get
            {
                lock (_text)
                {
                    return _text.ToString();
                }
            }
        }

        public override PSHostRawUserInterface RawUI => _terminal;

        public override bool SupportsVirtualTerminal => true;

        public override void Write(string value)
        {
            lock (_text)
            {
                _text.Append(value);
            }
        }

        public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Write(value);

        public override void WriteLine(string value) => Write(value + "\n");

        public override void WriteErrorLine(string value) => ErrorLines.Enqueue(value);

        public override void WriteDebugLine(string message)
        {
        }

        public override void WriteProgress(long sourceId, ProgressRecord record)
        {
        }

        public override void WriteVerboseLine(string message)
        {
        }

        public override void WriteWarningLine(string message) => WriteLine(message);

        public override string ReadLine() => throw new NotSupportedException();

        public override SecureString ReadLineAsSecureString() => throw new NotSupportedException();

        public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) => throw new NotSupportedException();

        public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice) => throw new NotSupportedException();

        public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) => throw new NotSupportedException();

        public override PSCredential PromptForCredential(
            string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) => throw new NotSupportedException();
    }

    private sealed class FakeTerminal(FakeScreen screen, TimeProvider clock) : PSHostRawUserInterface
    {
        // Longer than the time within which a paste arrives.
        private static readonly TimeSpan s_gap = TimeSpan.FromMilliseconds(120);

        // Real time: only a command that waits for a key in vain takes as long.
        private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(60);

        private readonly Queue<KeyInfo> _burst = new();
        private long _emptySince = clock.GetTimestamp();
        private long _lastKey = Environment.TickCount64;

        public override ConsoleColor BackgroundColor { get; set; }

        public override Size BufferSize { get; set; } = new(40, 100);

        public override Coordinates CursorPosition { get; set; }

        public override int CursorSize { get; set; }

        public override ConsoleColor ForegroundColor { get; set; }

        public override Size MaxPhysicalWindowSize => new(40, 10);

        public override Size MaxWindowSize => new(40, 10);

        public override Coordinates WindowPosition { get; set; }

        public override Size WindowSize { get; set; } = new(40, 10);

        public override string WindowTitle { get; set; } = "";

        /// <summary>A burst "wait:text" is due when the text was written.</summary>
        public override bool KeyAvailable
        {
            get
            {
                lock (_burst)
                {
                    if (_burst.Count == 0 && clock.GetElapsedTime(_emptySince) > s_gap && screen.Keys.TryPeek(out string? next)
                        && (!next.StartsWith("wait:", StringComparison.Ordinal) || screen.Text.Contains(next[5..], StringComparison.Ordinal)))
                    {
                        screen.Keys.TryDequeue(out _);
                        MarkTime();
                        foreach (KeyInfo key in next.StartsWith("wait:", StringComparison.Ordinal) ? [] : Parse(next))
                        {
                            _burst.Enqueue(key);
                        }
                    }

                    return _burst.Count > 0
                        || (Environment.TickCount64 - _lastKey > s_timeout.TotalMilliseconds ? throw new TimeoutException($"No key is left to read after: {screen.Text}") : false);
                }
            }
        }

        public override void FlushInputBuffer() => throw new NotSupportedException();

        public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw new NotSupportedException();

        public override KeyInfo ReadKey(ReadKeyOptions options)
        {
            lock (_burst)
            {
                MarkTime();
                return _burst.Dequeue();
            }
        }

        private void MarkTime() => (_emptySince, _lastKey) = (clock.GetTimestamp(), Environment.TickCount64);

        public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) => throw new NotSupportedException();

        public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) => throw new NotSupportedException();

        public override void SetBufferContents(Rectangle rectangle, BufferCell fill) => throw new NotSupportedException();
    }
}
