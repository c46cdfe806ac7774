using System.Runtime.CompilerServices;

namespace AtlasCloud.PowerShell.Tests.Support;

/// <summary>An asynchronous sequence that does what a test asks for and notes what was done to it.</summary>
internal sealed class Source(int count)
{
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Done once the sequence has been closed, whichever way it ended.</summary>
    internal Task Closed => _closed.Task;

    internal int Given { get; private set; }

    /// <summary>What happens in place of an end.</summary>
    internal Func<CancellationToken, Task> Then { get; init; } = _ => Task.CompletedTask;

    internal Exception? ThrownByClose { get; init; }

    /// <summary>Waits until the sequence is stopped.</summary>
    internal static Task ForEver(CancellationToken cancellationToken) =>
        new TaskCompletionSource().Task.WaitAsync(cancellationToken);

    internal async IAsyncEnumerable<int> Items([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        try
        {
            for (int i = 0; i < count; i++)
            {
                await Task.Yield();
                Given++;
                yield return i;
            }

            await Then(cancellationToken);
        }
        finally
        {
            Close();
        }
    }

    private void Close()
    {
        _closed.TrySetResult();
        if (ThrownByClose is not null)
        {
            throw ThrownByClose;
        }
    }
}
