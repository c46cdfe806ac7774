using System.Runtime.InteropServices;
using System.Text;

namespace AtlasCloud.PowerShell.Terminal;

/// <summary>
/// The terminal on Linux and macOS. <see cref="Console"/> displays an answer before it can be read, and takes it for keys, so it is read from standard
/// input in raw mode.
/// </summary>
/// <param name="clock">Measures the limit.</param>
internal sealed class UnixPort(TimeProvider clock) : ITerminalPort
{
    private const int StandardInput = 0;
    private const int Now = 0;
    private const short PollIn = 1;
    private const int BufferLength = 256;

    public string Ask(string question, Func<string, bool> isComplete, TimeSpan limit)
    {
        // Larger than the structure of any system, whose fields are not needed here.
        byte[] saved = new byte[BufferLength];
        if (GetAttributes(StandardInput, saved) != 0)
        {
            return "";
        }

        byte[] raw = (byte[])saved.Clone();
        MakeRaw(raw);
        try
        {
            _ = SetAttributes(StandardInput, Now, raw);
            Console.Out.Write(question);
            Console.Out.Flush();
            return Read(isComplete, limit);
        }
        finally
        {
            _ = SetAttributes(StandardInput, Now, saved);
        }
    }

    private string Read(Func<string, bool> isComplete, TimeSpan limit)
    {
        StringBuilder answer = new();
        byte[] buffer = new byte[BufferLength];
        long start = clock.GetTimestamp();
        while (!isComplete(answer.ToString()))
        {
            int remaining = (int)(limit - clock.GetElapsedTime(start)).TotalMilliseconds;
            PollRequest request = new() { File = StandardInput, Events = PollIn };
            if (remaining <= 0 || Poll(ref request, 1, remaining) <= 0 || (request.Results & PollIn) == 0)
            {
                break;
            }

            nint count = Read(StandardInput, buffer, BufferLength);
            if (count <= 0)
            {
                break;
            }

            answer.Append(Encoding.Latin1.GetString(buffer, 0, (int)count));
        }

        return answer.ToString();
    }

    [DllImport("libc", EntryPoint = "tcgetattr")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetAttributes(int file, [In, Out] byte[] attributes);

    [DllImport("libc", EntryPoint = "tcsetattr")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetAttributes(int file, int when, byte[] attributes);

    [DllImport("libc", EntryPoint = "cfmakeraw")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void MakeRaw([In, Out] byte[] attributes);

    [DllImport("libc", EntryPoint = "poll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Poll(ref PollRequest request, nuint count, int milliseconds);

    [DllImport("libc", EntryPoint = "read")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint Read(int file, [Out] byte[] buffer, nuint count);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollRequest
    {
        internal int File;
        internal short Events;
        internal short Results;
    }
}
