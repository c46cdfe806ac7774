namespace AtlasCloud.Http;

/// <summary>The proxy that the environment or the operating system configures.</summary>
internal static class SystemProxy
{
    /// <summary>Returns the proxy for an address; null for a direct connection.</summary>
    internal static Uri? Find(Uri address)
    {
        try
        {
            return HttpClient.DefaultProxy.IsBypassed(address) ? null : HttpClient.DefaultProxy.GetProxy(address);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Requests connect directly if the settings of the system cannot be read.
            return null;
        }
    }
}
