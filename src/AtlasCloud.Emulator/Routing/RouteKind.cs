namespace AtlasCloud.Emulation.Routing;

/// <summary>What a route expects of its requests.</summary>
internal enum RouteKind
{
    /// <summary>Part of the API: a key is needed, a JSON body is read beforehand.</summary>
    Api,

    /// <summary>Part of the API, with a body that the route reads itself.</summary>
    Upload,

    /// <summary>Part of the API, and open to everybody.</summary>
    Open,

    /// <summary>An object store: refuses a key and a Referer.</summary>
    Download,

    /// <summary>A document beside the API.</summary>
    Static,
}
