namespace AtlasCloud.Emulation.Routing;

/// <summary>How a route authenticates requests and reads their body.</summary>
internal enum RouteKind
{
    /// <summary>API endpoint: requires a key; the JSON body is read in advance.</summary>
    Api,

    /// <summary>API endpoint: requires a key; the endpoint reads the body itself.</summary>
    Upload,

    /// <summary>Management endpoint: requires the management key; the JSON body is read in advance.</summary>
    Management,

    /// <summary>API endpoint that requires no key.</summary>
    Open,

    /// <summary>Object store: rejects requests with an Authorization or Referer header.</summary>
    Download,

    /// <summary>Static document.</summary>
    Static,
}
