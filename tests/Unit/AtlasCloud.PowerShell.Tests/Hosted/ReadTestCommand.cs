using System.Management.Automation;
using System.Runtime.CompilerServices;

namespace AtlasCloud.PowerShell.Tests.Hosted;

/// <summary>Writes the items of a sequence that has no end.</summary>
[Cmdlet(VerbsCommunications.Read, "Test")]
internal sealed class ReadTestCommand : TestCommand
{
    [Parameter]
    public int ReadAhead { get; set; }

    protected override void ProcessInput()
    {
        foreach (int item in ReadAhead == 0 ? Pull(Items()) : Pull(Items(), ReadAhead))
        {
            WriteObject(item);
        }
    }

    private async IAsyncEnumerable<int> Items([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        try
        {
            for (int i = 0; ; i++)
            {
                yield return await WorkAsync(i, cancellationToken);
            }
        }
        finally
        {
            Probe.Note("source is closed");
        }
    }
}
