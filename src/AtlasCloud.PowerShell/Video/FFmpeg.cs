using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using AtlasCloud.PowerShell.Pipeline;

namespace AtlasCloud.PowerShell.Video;

/// <summary>The programs ffmpeg and ffprobe of the user. They are started directly, without a shell, and end with the command.</summary>
/// <param name="program">The path of ffmpeg.</param>
/// <param name="probe">The path of ffprobe.</param>
internal sealed class FFmpeg(string program, string probe)
{
    private const int MaxErrorLength = 500;
    private static readonly TimeSpan s_killLimit = TimeSpan.FromMilliseconds(500);

    /// <summary>Finds the programs in the folders of a PATH. The current folder is not searched, since it can contain foreign programs.</summary>
    /// <param name="path">The value of the variable; null for none.</param>
    /// <exception cref="FFmpegException">One of them is missing.</exception>
    internal static FFmpeg Find(string? path)
    {
        string[] folders = [.. (path ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(Path.IsPathFullyQualified)];
        string FindProgram(string name) =>
            folders.Select(f => Path.Combine(f, OperatingSystem.IsWindows() ? name + ".exe" : name)).FirstOrDefault(File.Exists)
            ?? throw new FFmpegException($"The program {name}, which joins the clips, is not on the PATH. Nothing was written.") { IsMissing = true };
        return new FFmpeg(FindProgram("ffmpeg"), FindProgram("ffprobe"));
    }

    /// <summary>Reads what a file contains.</summary>
    /// <exception cref="FFmpegException">It is not a media file.</exception>
    internal async Task<Clip> ProbeAsync(string path, CancellationToken stopping)
    {
        List<string> lines = [];
        await RunAsync(probe, Clip.ProbeArguments(path), lines.Add, stopping).ConfigureAwait(false);
        return Clip.Parse(path, lines);
    }

    /// <summary>Runs ffmpeg.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="onProgress">Receives the time that is written.</param>
    /// <param name="stopping">Ends the program.</param>
    /// <exception cref="FFmpegException">It failed.</exception>
    internal Task EncodeAsync(IEnumerable<string> arguments, Action<TimeSpan> onProgress, CancellationToken stopping) => RunAsync(program, arguments, line =>
    {
        const string Name = "out_time_us=";
        if (line.StartsWith(Name, StringComparison.Ordinal) && long.TryParse(line.AsSpan(Name.Length), out long microseconds))
        {
            onProgress(TimeSpan.FromMicroseconds(microseconds));
        }
    }, stopping);

    private static async Task RunAsync(string file, IEnumerable<string> arguments, Action<string> onLine, CancellationToken stopping)
    {
        using Process process = Start(file, arguments);
        try
        {
            // ffmpeg reads commands from its input.
            process.StandardInput.Close();
            Task<string> errors = ReadEndAsync(process.StandardError, stopping);
            while (await process.StandardOutput.ReadLineAsync(stopping).ConfigureAwait(false) is string line)
            {
                onLine(line);
            }

            string end = await errors.ConfigureAwait(false);
            await process.WaitForExitAsync(stopping).ConfigureAwait(false);
            if (process.ExitCode != 0)
            {
                throw new FFmpegException($"{Path.GetFileNameWithoutExtension(file)} failed with exit code {process.ExitCode}: {TerminalText.ToSingleLine(end, MaxErrorLength)}");
            }
        }
        finally
        {
            End(process);
        }
    }

    private static Process Start(string file, IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new(file)
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw new FFmpegException($"The program '{file}' cannot be started: {exception.Message}");
        }
    }

    // The last lines name the cause. A damaged file can cause a million others.
    private static async Task<string> ReadEndAsync(StreamReader reader, CancellationToken stopping)
    {
        Queue<string> lines = new();
        while (await reader.ReadLineAsync(stopping).ConfigureAwait(false) is string line)
        {
            lines.Enqueue(line);
            if (lines.Count > 3)
            {
                lines.Dequeue();
            }
        }

        return string.Join(' ', lines);
    }

    private static void End(Process process)
    {
        try
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
                process.WaitForExit((int)s_killLimit.TotalMilliseconds);
            }
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception or NotSupportedException)
        {
            // It has ended by itself in the meantime.
        }
    }
}
