using System.ComponentModel;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Computes the label column of views. Not for scripts.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class LabelText
{
    // With an ID, a state and a price, the model keeps some characters in a window of 80 columns.
    private const int MaxLength = 13;
    private const int TailLength = 10;

    /// <summary>Returns the label, cut in the middle if it is long, since labels often differ at the end only.</summary>
    public static string? Shorten(string? label)
    {
        if (label is null || label.Length <= MaxLength)
        {
            return label;
        }

        int head = MaxLength - TailLength - 1;
        int tail = label.Length - TailLength;
        return $"{label[..(char.IsHighSurrogate(label[head - 1]) ? head - 1 : head)]}…{label[(char.IsLowSurrogate(label[tail]) ? tail + 1 : tail)..]}";
    }
}
