namespace AtlasCloud.PowerShell.Terminal;

/// <summary>The direct way to the terminal: sends a question and reads what the terminal answers, which arrives as keyboard input.</summary>
internal interface ITerminalPort
{
    /// <summary>Sends a question and returns what arrives, without displaying it.</summary>
    /// <param name="question">The question.</param>
    /// <param name="isComplete">Whether the answer so far is complete.</param>
    /// <param name="limit">How long to wait. A terminal that does not understand the question does not answer.</param>
    string Ask(string question, Func<string, bool> isComplete, TimeSpan limit);
}
