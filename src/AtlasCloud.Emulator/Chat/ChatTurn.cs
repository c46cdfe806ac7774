using AtlasCloud.Emulation.Catalog;

namespace AtlasCloud.Emulation.Chat;

/// <summary>One question and its answer, ready to be written in the words of a protocol.</summary>
internal sealed record ChatTurn(string Id, CatalogModel Model, ChatRequest Request, ChatReply Reply, DateTimeOffset Time)
{
    internal long InputTokens => Request.Conversation.Tokens;

    internal long OutputTokens => Reply.Tokens;

    internal long UnixTime => Time.ToUnixTimeSeconds();

    /// <summary>The last part of the id, for the ids of what is in the answer.</summary>
    internal string IdSuffix => Id[^12..];
}
