using AtlasCloud.Emulation.Http;
using AtlasCloud.Emulation.Routing;

namespace AtlasCloud.Emulation.Catalog;

/// <summary>GET /api/v1/models.</summary>
internal sealed class CatalogEndpoint
{
    private readonly ModelCatalog _catalog;

    internal CatalogEndpoint(ModelCatalog catalog) => _catalog = catalog;

    internal Reply Get(Exchange exchange)
    {
        (byte[] document, string tag) = _catalog.Reply;
        Reply reply = exchange.Request.Headers.HasToken("If-None-Match", tag)
            ? Reply.Of([], null, 304)
            : Reply.Of(document, Reply.JsonType);
        return reply.With("ETag", tag).With("Cache-Control", "public, max-age=300");
    }
}
