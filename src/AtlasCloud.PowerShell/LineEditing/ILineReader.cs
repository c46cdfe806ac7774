namespace AtlasCloud.PowerShell.LineEditing;

/// <summary>Reads text that a user enters.</summary>
internal interface ILineReader
{
    /// <summary>Reads one entry, which has several lines if they were pasted.</summary>
    /// <param name="prompt">The text before the entry.</param>
    /// <returns>The entry; null at the end of the input.</returns>
    string? ReadLine(string prompt);
}
