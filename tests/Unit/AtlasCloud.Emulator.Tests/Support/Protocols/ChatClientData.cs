namespace AtlasCloud.Emulation.Tests.Support.Protocols;

/// <summary>All protocols, plain and streamed.</summary>
internal sealed class ChatClientData : TheoryData<string, bool>
{
    public ChatClientData()
    {
        foreach (string name in ChatClient.All.Keys)
        {
            Add(name, false);
            Add(name, true);
        }
    }
}
