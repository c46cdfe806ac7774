using System.Text;

namespace AtlasCloud.PowerShell.LineEditing;

/// <summary>
/// Reads text from the keyboard, with the usual keys. PSReadLine edits PowerShell code: it does not accept an entry such as "don't", and it would add each
/// entry to the history of commands.
/// </summary>
/// <param name="keyboard">The keys.</param>
/// <param name="screen">Shows the entry.</param>
/// <param name="complete">Returns the texts that can replace the text before the cursor.</param>
/// <param name="clock">Measures the time between keys.</param>
/// <param name="stopping">Ends reading.</param>
internal sealed class LineEditor(IKeyboard keyboard, EditorScreen screen, Func<string, IReadOnlyList<string>> complete, TimeProvider clock, CancellationToken stopping) : ILineReader
{
    private static readonly TimeSpan s_pollInterval = TimeSpan.FromMilliseconds(15);

    // The rest of a paste arrives within this time, and no one types as fast.
    private static readonly TimeSpan s_pasteGap = TimeSpan.FromMilliseconds(25);

    private readonly EditBuffer _buffer = new();
    private CompletionCycle? _cycle;
    private ConsoleKeyInfo? _unread;

    /// <summary>The earlier entries.</summary>
    internal EntryHistory History { get; } = new();

    public string? ReadLine(string prompt)
    {
        _buffer.Set("");
        while (true)
        {
            if (_unread is null && !keyboard.HasKey)
            {
                screen.Draw(prompt, _buffer.Text, _buffer.Cursor);
            }

            ConsoleKeyInfo key = ReadKey();
            _cycle = key.Key == ConsoleKey.Tab ? _cycle : null;
            if (key.Key == ConsoleKey.Enter && key.Modifiers == 0 && !WaitForMore())
            {
                return Complete(prompt, _buffer.Text);
            }

            if (key.Key == ConsoleKey.D && key.Modifiers == ConsoleModifiers.Control && _buffer.Text.Length == 0)
            {
                Complete(prompt, "");
                return null;
            }

            if (TypeAhead.IsControlC(key))
            {
                Complete(prompt, _buffer.Text + "^C");
                _buffer.Set("");
            }
            else if (!Edit(key))
            {
                Insert(key);
            }
        }
    }

    private string Complete(string prompt, string text)
    {
        screen.Complete(prompt, text);
        return text;
    }

    private bool Edit(ConsoleKeyInfo key) => key switch
    {
        { Key: ConsoleKey.Tab } when !keyboard.HasKey => Do(() => CompleteWord(key.Modifiers.HasFlag(ConsoleModifiers.Shift) ? -1 : 1)),
        { Key: ConsoleKey.Enter } => Do(() => _buffer.Insert("\n")),
        { Key: ConsoleKey.UpArrow } or { Key: ConsoleKey.P, Modifiers: ConsoleModifiers.Control } => Do(() => Recall(History.MoveBack(_buffer.Text))),
        { Key: ConsoleKey.DownArrow } or { Key: ConsoleKey.N, Modifiers: ConsoleModifiers.Control } => Do(() => Recall(History.MoveForward())),
        { Key: ConsoleKey.LeftArrow, Modifiers: ConsoleModifiers.Control } => Do(_buffer.MoveWordLeft),
        { Key: ConsoleKey.RightArrow, Modifiers: ConsoleModifiers.Control } => Do(_buffer.MoveWordRight),
        { Key: ConsoleKey.LeftArrow } or { Key: ConsoleKey.B, Modifiers: ConsoleModifiers.Control } => Do(_buffer.MoveLeft),
        { Key: ConsoleKey.RightArrow } or { Key: ConsoleKey.F, Modifiers: ConsoleModifiers.Control } => Do(_buffer.MoveRight),
        { Key: ConsoleKey.Home } or { Key: ConsoleKey.A, Modifiers: ConsoleModifiers.Control } => Do(_buffer.MoveToLineStart),
        { Key: ConsoleKey.End } or { Key: ConsoleKey.E, Modifiers: ConsoleModifiers.Control } => Do(_buffer.MoveToLineEnd),
        { Key: ConsoleKey.W, Modifiers: ConsoleModifiers.Control } or { Key: ConsoleKey.Backspace, Modifiers: not 0 } => Do(_buffer.DeleteWordLeft),
        { Key: ConsoleKey.Backspace } or { Key: ConsoleKey.H, Modifiers: ConsoleModifiers.Control } => Do(_buffer.DeleteLeft),
        { Key: ConsoleKey.Delete } or { Key: ConsoleKey.D, Modifiers: ConsoleModifiers.Control } => Do(_buffer.DeleteRight),
        { Key: ConsoleKey.U, Modifiers: ConsoleModifiers.Control } => Do(_buffer.DeleteToLineStart),
        { Key: ConsoleKey.K, Modifiers: ConsoleModifiers.Control } => Do(_buffer.DeleteToLineEnd),

        // A paste can contain this character; the key alone clears the entry.
        { Key: ConsoleKey.Escape } when !keyboard.HasKey => Do(() => _buffer.Set("")),
        _ => false,
    };

    private static bool Do(Action edit)
    {
        edit();
        return true;
    }

    // All characters that have arrived, so that a paste is not drawn character by character.
    private void Insert(ConsoleKeyInfo key)
    {
        StringBuilder text = new();
        Append(text, key);
        while (keyboard.HasKey && text.Length > 0)
        {
            ConsoleKeyInfo next = keyboard.Read();
            if (char.IsControl(next.KeyChar) || next.KeyChar == 0)
            {
                _buffer.Insert(text.ToString());
                text.Clear();
                _unread = next;
                return;
            }

            Append(text, next);
        }

        _buffer.Insert(text.ToString());
    }

    private static void Append(StringBuilder text, ConsoleKeyInfo key)
    {
        if (key.KeyChar == '\t' || !char.IsControl(key.KeyChar))
        {
            text.Append(key.KeyChar);
        }
    }

    private ConsoleKeyInfo ReadKey()
    {
        if (_unread is ConsoleKeyInfo key)
        {
            _unread = null;
            return key;
        }

        // A read of the host cannot be canceled.
        while (!keyboard.HasKey)
        {
            stopping.ThrowIfCancellationRequested();
            Wait(s_pollInterval);
        }

        return keyboard.Read();
    }

    private bool WaitForMore()
    {
        if (!keyboard.HasKey)
        {
            Wait(s_pasteGap);
        }

        return keyboard.HasKey;
    }

    private void Wait(TimeSpan time) => Task.Delay(time, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing).GetAwaiter().GetResult();

    private void Recall(string? entry)
    {
        if (entry is not null)
        {
            _buffer.Set(entry);
        }
    }

    private void CompleteWord(int step)
    {
        _cycle ??= new CompletionCycle(complete(_buffer.Head), _buffer.Tail);
        if (_cycle.Move(step) is string head)
        {
            _buffer.Set(head + _cycle.Tail, head.Length);
        }
    }
}
