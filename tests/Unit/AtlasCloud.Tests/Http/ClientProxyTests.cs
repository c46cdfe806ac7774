using System.Net;
using AtlasCloud.Http;

namespace AtlasCloud.Tests;

/// <summary>Which requests a proxy receives, and that none receives the key in clear text.</summary>
public sealed class ClientProxyTests
{
    private static readonly WebProxy s_system = new("http://proxy.example.com:3128");

    [Theory]
    [InlineData("http://127.0.0.1:5081")]
    [InlineData("http://127.8.9.10:5081")]
    [InlineData("http://localhost:5081")]
    [InlineData("http://[::1]:5081")]
    [InlineData("http://[::ffff:127.0.0.1]:5081")]
    [InlineData("https://localhost:5081")]
    public void Loopback_does_not_use_the_systems_proxy(string address)
    {
        Uri loopback = new(address);
        ClientProxy proxy = new(new AtlasCloudOptions { BaseUri = loopback }, s_system);

        Assert.Null(proxy.Find(loopback));
        Assert.True(proxy.IsBypassed(loopback));
        Assert.Null(proxy.GetProxy(loopback));
        Assert.Same(proxy, proxy.ForHandler);
        proxy.EnsureKeyIsSafe(loopback);
    }

    [Fact]
    public void Other_addresses_use_the_systems_proxy() =>
        Assert.Equal(s_system.Address, new ClientProxy(new AtlasCloudOptions(), s_system).Find(AtlasCloudOptions.DefaultBaseUri));

    [Fact]
    public void Loopback_uses_a_proxy_that_the_options_name() =>
        Assert.Equal(new Uri("http://127.0.0.1:8888/"), new ClientProxy(new AtlasCloudOptions { Proxy = new Uri("http://127.0.0.1:8888") }, s_system).Find(new Uri("http://127.0.0.1:5081")));

    [Theory]
    [InlineData("http://proxy.example.com:3128")]
    [InlineData("https://proxy.example.com:3128")]
    [InlineData("socks5://proxy.example.com:1080")]
    [InlineData("http://user:secret@10.0.0.1:3128")]
    public async Task Key_for_an_http_address_is_not_sent_through_a_proxy_on_another_machine(string proxy)
    {
        StubHandler handler = new();
        AtlasCloudOptions options = new() { ApiKey = Some.Key, BaseUri = new Uri("http://127.0.0.1:5081"), Proxy = new Uri(proxy) };

        AtlasCloudException refused = await Assert.ThrowsAsync<AtlasCloudException>(() => Some.Client(handler, options: options).Account.GetBalanceAsync());

        Assert.Equal((AtlasCloudErrorKind.InvalidParameter, AtlasCloudErrorReason.ProxyReceivesKey), (refused.Kind, refused.Reason));
        Assert.DoesNotContain("secret", refused.Message + refused.Value, StringComparison.Ordinal);
        Assert.Empty(handler.Seen);
    }

    [Fact]
    public async Task Key_for_an_https_address_passes_through_a_proxy_inside_a_tunnel()
    {
        await using RawServer proxy = RawServer.Saying("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n");
        AtlasCloudOptions options = new() { ApiKey = Some.Key, Proxy = proxy.Address, MaximumRetryCount = 0 };
        using AtlasCloudClient client = new(options);

        await Assert.ThrowsAsync<AtlasCloudException>(() => client.Account.GetBalanceAsync());

        string head = Assert.Single(proxy.Heads);
        Assert.StartsWith("CONNECT api.atlascloud.ai:443 ", head, StringComparison.Ordinal);
        Assert.DoesNotContain(Some.Key, head, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    public async Task Connections_to_loopback_are_direct_behind_the_systems_proxy(string host)
    {
        await using RawServer system = RawServer.Saying("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n");
        await using RawServer service = RawServer.Saying("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n", "{}"u8.ToArray());
        Uri address = new UriBuilder(service.Address) { Host = host }.Uri;
        using ConnectionPool pool = new(new ClientProxy(new AtlasCloudOptions { BaseUri = address }, new WebProxy(system.Address)), null);
        using HttpRequestMessage request = new(HttpMethod.Get, address);

        using HttpResponseMessage response = await pool.Invoker.SendAsync(request, Some.NoStop);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Empty(system.Heads);
        Assert.Single(service.Heads);
    }

    [Fact]
    public void Plain_http_address_of_another_machine_never_receives_the_key() =>
        Assert.Throws<AtlasCloudException>(() => new ClientProxy(new AtlasCloudOptions(), new WebProxy()).EnsureKeyIsSafe(new Uri("http://api.atlascloud.ai/")));
}
