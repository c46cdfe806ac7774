namespace AtlasCloud.Checks;

/// <summary>Says which proxy requests go through.</summary>
internal static class ProxyCheck
{
    /// <param name="options">The session's own proxy and address.</param>
    /// <param name="proxy">Host and port of the proxy, without what a user name may stand in front; null for none.</param>
    internal static SessionCheck Of(AtlasCloudOptions options, out string? proxy)
    {
        Uri? found = options.Proxy ?? FromEnvironment(options.BaseUri);
        proxy = found?.Authority;
        return new SessionCheck
        {
            Name = "Proxy",
            Status = SessionCheck.Passed,
            Detail = found is null ? "none" : $"{proxy}, from {(options.Proxy is null ? "the environment" : "-Proxy")}",
        };
    }

    private static Uri? FromEnvironment(Uri address)
    {
        try
        {
            return HttpClient.DefaultProxy.IsBypassed(address) ? null : HttpClient.DefaultProxy.GetProxy(address);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Settings of the system that cannot be read; requests then go the direct way.
            return null;
        }
    }
}
