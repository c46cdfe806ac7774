using System.Text;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Collects piped text, one line per object, until the pipeline input ends.</summary>
internal sealed class PipedText
{
    private readonly StringBuilder _text = new();

    /// <summary>Whether any text was piped.</summary>
    internal bool IsUsed { get; private set; }

    /// <summary>Whether anything was processed without being collected.</summary>
    internal bool HasOtherInput { get; set; }

    internal void Add(string line)
    {
        if (IsUsed)
        {
            _text.Append('\n');
        }

        _text.Append(line);
        IsUsed = true;
    }

    /// <summary>The lines.</summary>
    public override string ToString() => _text.ToString();
}
