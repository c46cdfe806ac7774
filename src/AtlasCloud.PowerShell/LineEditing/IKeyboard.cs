namespace AtlasCloud.PowerShell.LineEditing;

/// <summary>The keys that a user presses, which are not echoed.</summary>
internal interface IKeyboard
{
    /// <summary>Whether <see cref="Read"/> returns immediately.</summary>
    bool HasKey { get; }

    /// <summary>Sets whether Ctrl+C is a key. Otherwise it stops the command.</summary>
    bool TakesControlC { set; }

    /// <summary>Waits for a key.</summary>
    ConsoleKeyInfo Read();
}
