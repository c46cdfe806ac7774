using System.Management.Automation.Host;

namespace AtlasCloud.PowerShell.LineEditing;

/// <summary>Reads lines from a host without a terminal, such as redirected input.</summary>
internal sealed class HostLineReader(PSHostUserInterface screen) : ILineReader
{
    public string? ReadLine(string prompt)
    {
        screen.Write(prompt);
        return screen.ReadLine();
    }
}
