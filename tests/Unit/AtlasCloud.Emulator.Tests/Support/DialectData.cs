namespace AtlasCloud.Emulation.Tests.Support;

/// <summary>Every protocol, plain and streamed.</summary>
internal sealed class DialectData : TheoryData<string, bool>
{
    public DialectData()
    {
        foreach (string name in Dialect.All.Keys)
        {
            Add(name, false);
            Add(name, true);
        }
    }
}
