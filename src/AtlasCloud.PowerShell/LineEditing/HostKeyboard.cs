using System.Management.Automation.Host;

namespace AtlasCloud.PowerShell.LineEditing;

/// <summary>The keyboard of the host.</summary>
internal sealed class HostKeyboard : IKeyboard
{
    private readonly PSHostRawUserInterface _terminal;
    private readonly bool _isConsole;

    private HostKeyboard(PSHostRawUserInterface terminal, bool isConsole) => (_terminal, _isConsole) = (terminal, isConsole);

    public bool HasKey => _terminal.KeyAvailable;

    public bool TakesControlC
    {
        set
        {
            if (_isConsole)
            {
                Console.TreatControlCAsInput = value;
            }
        }
    }

    /// <summary>Returns the keyboard; null if the host has no terminal, or its input or output is redirected.</summary>
    internal static HostKeyboard? TryOpen(PSHost host)
    {
        bool isConsole = host.Name == "ConsoleHost";
        try
        {
            if (!host.UI.SupportsVirtualTerminal || (isConsole && (Console.IsInputRedirected || Console.IsOutputRedirected)))
            {
                return null;
            }

            // Hosts without a keyboard throw here.
            _ = host.UI.RawUI.KeyAvailable;
            return new HostKeyboard(host.UI.RawUI, isConsole);
        }
        catch (Exception exception) when (exception is HostException or InvalidOperationException or NotImplementedException or NotSupportedException or IOException)
        {
            return null;
        }
    }

    public ConsoleKeyInfo Read()
    {
        KeyInfo key = _terminal.ReadKey(ReadKeyOptions.NoEcho | ReadKeyOptions.IncludeKeyDown | ReadKeyOptions.AllowCtrlC);
        ConsoleKey code = (ConsoleKey)Math.Clamp(key.VirtualKeyCode, 0, 255);
        bool IsPressed(ControlKeyStates states) => (key.ControlKeyState & states) != 0;
        return new ConsoleKeyInfo(
            key.Character,
            code,
            IsPressed(ControlKeyStates.ShiftPressed),
            IsPressed(ControlKeyStates.LeftAltPressed | ControlKeyStates.RightAltPressed),

            // On Linux and macOS, PowerShell reports only the character.
            IsPressed(ControlKeyStates.LeftCtrlPressed | ControlKeyStates.RightCtrlPressed) || (code is >= ConsoleKey.A and <= ConsoleKey.Z && char.IsControl(key.Character)));
    }
}
