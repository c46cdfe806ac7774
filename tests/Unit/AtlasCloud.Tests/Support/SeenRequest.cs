using System.Text;
using System.Text.Json.Nodes;

namespace AtlasCloud.Tests;

/// <summary>A request that a <see cref="StubHandler"/> received.</summary>
internal sealed record SeenRequest(HttpMethod Method, Uri Address, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    internal string Path => Address.PathAndQuery;

    internal string? Header(string name) => Headers.TryGetValue(name, out string? value) ? value : null;

    internal string Text => Encoding.UTF8.GetString(Body);

    internal JsonObject Json => JsonNode.Parse(Body)!.AsObject();
}
