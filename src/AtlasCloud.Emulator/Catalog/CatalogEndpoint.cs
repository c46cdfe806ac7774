using AtlasCloud.Emulation.Http;
using AtlasCloud.Emulation.Routing;

namespace AtlasCloud.Emulation.Catalog;

/// <summary>GET /api/v1/models.</summary>
internal sealed class CatalogEndpoint
{
    private readonly ModelCatalog _catalog;

    internal CatalogEndpoint(ModelCatalog catalog) => _catalog = catalog;

    internal Reply Get(RequestContext context)
    {
        (byte[] document, string tag) = _catalog.Document;
        Reply reply = context.Request.Headers.HasToken("If-None-Match", tag)
            ? Reply.Create([], null, 304)
            : Reply.Create(document, Reply.JsonType);
        return reply.WithHeader("ETag", tag).WithHeader("Cache-Control", "public, max-age=300");
    }
}
