using System.Globalization;

namespace AtlasCloud.PowerShell.LineEditing;

/// <summary>A text with a cursor. The cursor moves by visible characters, and lines end with a line feed.</summary>
internal sealed class EditBuffer
{
    internal string Text { get; private set; } = "";

    /// <summary>The index of the character after the cursor.</summary>
    internal int Cursor { get; private set; }

    /// <summary>The text before the cursor.</summary>
    internal string Head => Text[..Cursor];

    /// <summary>The text after the cursor.</summary>
    internal string Tail => Text[Cursor..];

    internal void Set(string text, int? cursor = null) => (Text, Cursor) = (text, cursor ?? text.Length);

    internal void Insert(string text) => Set(Head + text + Tail, Cursor + text.Length);

    internal void MoveLeft() => Cursor = Previous();

    internal void MoveRight() => Cursor = Next();

    internal void MoveWordLeft() => Cursor = PreviousWord();

    internal void MoveWordRight()
    {
        while (Cursor < Text.Length && !char.IsWhiteSpace(Text[Cursor]))
        {
            Cursor++;
        }

        while (Cursor < Text.Length && char.IsWhiteSpace(Text[Cursor]))
        {
            Cursor++;
        }
    }

    internal void MoveToLineStart() => Cursor = LineStart();

    internal void MoveToLineEnd() => Cursor = LineEnd();

    internal void DeleteLeft() => Remove(Previous(), Cursor);

    internal void DeleteRight() => Remove(Cursor, Next());

    internal void DeleteWordLeft() => Remove(PreviousWord(), Cursor);

    internal void DeleteToLineStart() => Remove(LineStart(), Cursor);

    internal void DeleteToLineEnd() => Remove(Cursor, LineEnd());

    private void Remove(int start, int end) => Set(Text[..start] + Text[end..], start);

    private int LineStart() => Cursor == 0 ? 0 : Text.LastIndexOf('\n', Cursor - 1) + 1;

    private int LineEnd() => Text.IndexOf('\n', Cursor) is int end and >= 0 ? end : Text.Length;

    private int Next() => Cursor == Text.Length ? Cursor : Cursor + StringInfo.GetNextTextElementLength(Text, Cursor);

    private int Previous()
    {
        int previous = 0;
        foreach (int start in StringInfo.ParseCombiningCharacters(Text).TakeWhile(i => i < Cursor))
        {
            previous = start;
        }

        return previous;
    }

    private int PreviousWord()
    {
        int start = Cursor;
        while (start > 0 && char.IsWhiteSpace(Text[start - 1]))
        {
            start--;
        }

        while (start > 0 && !char.IsWhiteSpace(Text[start - 1]))
        {
            start--;
        }

        return start;
    }
}
