using System.Net;
using System.Text;
using AtlasCloud.Http;

namespace AtlasCloud.Tests;

/// <summary>User name and password of a proxy are sent to the proxy, and shown nowhere.</summary>
public sealed class ProxyCredentialTests
{
    private const string Refusal = "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

    [Theory]
    [InlineData("user:p%40ss%3Aword", "user:p@ss:word")]
    [InlineData("user", "user:")]
    [InlineData("CORP%5Cuser:secret", "CORP\\user:secret")]
    public async Task Credential_in_the_address_is_sent_when_the_proxy_asks_for_it(string inAddress, string expected)
    {
        await using RawServer proxy = RawServer.Saying(Refusal);
        AtlasCloudOptions options = Options(new UriBuilder(proxy.Address.AbsoluteUri.Replace("//", $"//{inAddress}@", StringComparison.Ordinal)).Uri);

        await FailAsync(options);

        Assert.Equal(2, proxy.Heads.Count);
        Assert.DoesNotContain("Proxy-Authorization", proxy.Heads[0], StringComparison.Ordinal);
        Assert.Contains($"Proxy-Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(expected))}\r\n", proxy.Heads[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task ProxyCredential_overrides_the_credential_in_the_address()
    {
        await using RawServer proxy = RawServer.Saying(Refusal);
        AtlasCloudOptions options = new()
        {
            ApiKey = Some.Key,
            Proxy = new UriBuilder(proxy.Address) { UserName = "old", Password = "old" }.Uri,
            ProxyCredential = new NetworkCredential("new", "secret"),
        };

        await FailAsync(options);

        Assert.Contains(Convert.ToBase64String("new:secret"u8), proxy.Heads[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refusal_of_the_proxy_is_reported_as_such_and_not_retried()
    {
        await using RawServer proxy = RawServer.Saying(Refusal);

        AtlasCloudException refused = await FailAsync(Options(new UriBuilder(proxy.Address) { UserName = "user", Password = "secret" }.Uri));

        Assert.Equal((AtlasCloudErrorKind.ConnectionFailed, AtlasCloudErrorReason.ProxyAuthenticationRequired), (refused.Kind, refused.Reason));
        Assert.StartsWith("The proxy requires a user name and password", refused.Message, StringComparison.Ordinal);
        Assert.True(refused.IsNotSent);
        Assert.DoesNotContain("secret", refused.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, proxy.Heads.Count);
    }

    [Fact]
    public async Task Submit_that_the_proxy_refuses_was_not_sent()
    {
        await using RawServer proxy = RawServer.Saying(Refusal);
        using AtlasCloudClient client = new(Options(proxy.Address));

        AtlasCloudException refused = await Assert.ThrowsAsync<AtlasCloudException>(() => client.Predictions.CreateAsync(Some.Request("a/b"), GenerationKind.Image));

        Assert.Equal(AtlasCloudErrorReason.ProxyAuthenticationRequired, refused.Reason);
        Assert.EndsWith("Nothing was submitted.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refusal_of_a_request_over_http_is_that_of_the_proxy_too()
    {
        await using RawServer proxy = RawServer.Saying(Refusal);
        AtlasCloudOptions options = new() { ApiKey = Some.Key, BaseUri = new Uri("http://127.0.0.1:1"), Proxy = proxy.Address };

        AtlasCloudException refused = await FailAsync(options);

        Assert.Equal(AtlasCloudErrorReason.ProxyAuthenticationRequired, refused.Reason);
    }

    [Fact]
    public async Task Download_that_the_proxy_refuses_is_not_retried()
    {
        using TemporaryFolder folder = new();
        await using RawServer proxy = RawServer.Saying(Refusal);
        using AtlasCloudClient client = new(Options(new UriBuilder(proxy.Address) { UserName = "user", Password = "secret" }.Uri));
        Output output = new() { Value = "x", Uri = new Uri("https://storage.example.com/a.png") };

        AtlasCloudException refused = await Assert.ThrowsAsync<AtlasCloudException>(() => client.Outputs.SaveAsync(output, folder.Path, "name"));

        Assert.Equal((AtlasCloudErrorKind.DownloadIncomplete, AtlasCloudErrorReason.ProxyAuthenticationRequired), (refused.Kind, refused.Reason));
        Assert.Contains(Convert.ToBase64String("user:secret"u8), proxy.Heads[1], StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, proxy.Heads.Count);
    }

    [Fact]
    public void Address_of_the_proxy_can_be_read_without_its_credential()
    {
        AtlasCloudOptions options = Options(new Uri("http://user:secret@proxy.example.com:3128"));

        Assert.Equal("http://proxy.example.com:3128/", options.Proxy!.OriginalString);
        Assert.Equal("http://proxy.example.com:3128/", new AtlasCloudClient(options).FindProxy()!.OriginalString);
    }

    [Fact]
    public void Default_credentials_are_used_only_on_request()
    {
        Assert.Null(ClientProxy.GetCredentials(new AtlasCloudOptions()));
        Assert.Same(CredentialCache.DefaultNetworkCredentials, ClientProxy.GetCredentials(new AtlasCloudOptions { UseDefaultProxyCredentials = true }));
        Assert.NotSame(CredentialCache.DefaultNetworkCredentials, ClientProxy.GetCredentials(new AtlasCloudOptions { UseDefaultProxyCredentials = true, ProxyCredential = new NetworkCredential("a", "b") }));
    }

    [Theory]
    [InlineData("proxy.example.com:3128")]
    [InlineData("user:secret@proxy.example.com:3128")]
    [InlineData("/secret")]
    [InlineData("ftp://user:secret@proxy.example.com")]
    public void Invalid_address_is_rejected_without_showing_it(string address)
    {
        AtlasCloudException refused = Assert.Throws<AtlasCloudException>(() => Options(new Uri(address, UriKind.RelativeOrAbsolute)));

        Assert.Equal((AtlasCloudErrorKind.InvalidParameter, AtlasCloudErrorReason.ProxyInvalid), (refused.Kind, refused.Reason));
        Assert.DoesNotContain("secret", refused.ToString(), StringComparison.Ordinal);
    }

    private static AtlasCloudOptions Options(Uri proxy) => new() { ApiKey = Some.Key, Proxy = proxy };

    private static async Task<AtlasCloudException> FailAsync(AtlasCloudOptions options)
    {
        using AtlasCloudClient client = new(options);
        return await Assert.ThrowsAsync<AtlasCloudException>(() => client.Account.GetBalanceAsync());
    }
}
