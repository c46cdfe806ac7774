using System.Text;

namespace AtlasCloud.PowerShell.Terminal;

/// <summary>The terminal on Windows, where the console returns an answer as keys.</summary>
/// <param name="clock">Measures the limit.</param>
/// <param name="stopping">Ends the wait.</param>
internal sealed class ConsolePort(TimeProvider clock, CancellationToken stopping) : ITerminalPort
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(5);

    public string Ask(string question, Func<string, bool> isComplete, TimeSpan limit)
    {
        StringBuilder answer = new();
        long start = clock.GetTimestamp();
        Console.Out.Write(question);
        Console.Out.Flush();
        while (!isComplete(answer.ToString()) && clock.GetElapsedTime(start) < limit)
        {
            if (Console.KeyAvailable)
            {
                answer.Append(Console.ReadKey(intercept: true).KeyChar);
            }
            else if (stopping.WaitHandle.WaitOne(s_interval))
            {
                break;
            }
        }

        return answer.ToString();
    }
}
