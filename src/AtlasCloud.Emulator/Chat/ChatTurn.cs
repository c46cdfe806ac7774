using AtlasCloud.Emulation.Catalog;

namespace AtlasCloud.Emulation.Chat;

/// <summary>A request and its reply, ready to be written in a protocol.</summary>
internal sealed record ChatTurn(string Id, CatalogModel Model, ChatRequest Request, ChatReply Reply, DateTimeOffset Time)
{
    internal long InputTokens => Request.Conversation.Tokens;

    internal long OutputTokens => Reply.Tokens;

    internal long UnixTime => Time.ToUnixTimeSeconds();

    /// <summary>The suffix of the ID, used for the IDs of output items.</summary>
    internal string IdSuffix => Id[^12..];
}
