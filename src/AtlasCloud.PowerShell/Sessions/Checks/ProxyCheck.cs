namespace AtlasCloud.PowerShell.Sessions;

/// <summary>Reports which proxy requests use.</summary>
internal static class ProxyCheck
{
    /// <param name="client">The client of the session.</param>
    /// <param name="proxy">Host and port of the proxy, without a user name; null for a direct connection.</param>
    internal static SessionCheck Create(AtlasCloudClient client, out string? proxy)
    {
        proxy = client.FindProxy()?.Authority;
        return new SessionCheck
        {
            Name = "Proxy",
            Status = SessionCheck.Passed,
            Detail = proxy is null ? "none" : $"{proxy}, from {(client.Options.Proxy is null ? "the environment" : "-Proxy")}",
        };
    }
}
