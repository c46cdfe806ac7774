using System.Net;
using System.Net.Sockets;
using AtlasCloud.Http;
using AtlasCloud.Outputs;

namespace AtlasCloud.Tests;

/// <summary>A response must not cause requests to private networks, and no download sends the key.</summary>
public sealed class DownloadConnectionTests
{
    public static TheoryData<string> Forbidden =>
    [
        "http://example.com/a.png", "https://127.0.0.1/a.png", "https://localhost/a.png", "https://10.1.2.3/a.png", "https://192.168.0.1/a.png",
        "https://172.16.0.1/a.png", "https://169.254.169.254/latest", "https://100.64.0.1/", "https://0.0.0.0/", "https://[::1]/", "https://[fe80::1]/",
        "https://[fd00::1]/", "https://[::ffff:10.0.0.1]/", "https://[64:ff9b::a00:1]/", "https://2130706433/", "https://0177.0.0.1/", "https://0x7f.1/",
        "https://[64:ff9b:1::1]/", "https://[::127.0.0.1]/", "https://[2002:a00:1::]/", "https://[2001:0:1::1]/", "https://[fec0::1]/", "https://[ff02::1]/",
        "https://168.63.129.16/", "https://255.255.255.255/", "ftp://example.com/a.png",
    ];

    [Theory]
    [MemberData(nameof(Forbidden))]
    public async Task Private_or_non_https_address_is_not_requested(string address)
    {
        using TemporaryFolder folder = new();
        StubHandler host = new StubHandler().When("/", StubReply.Of(200, Bytes.Png));

        AtlasCloudException refused = await Assert.ThrowsAsync<AtlasCloudException>(() => OutputResourceTests.SaveAsync(folder, host, new Uri(address)));

        Assert.Equal(AtlasCloudErrorKind.DownloadIncomplete, refused.Kind);
        Assert.Empty(host.Seen);
    }

    [Theory]
    [MemberData(nameof(Forbidden))]
    public async Task Redirect_to_a_private_or_non_https_address_is_not_followed(string address)
    {
        using TemporaryFolder folder = new();
        StubHandler host = new StubHandler().When("/", StubReply.Redirect(address));

        await Assert.ThrowsAsync<AtlasCloudException>(() => OutputResourceTests.SaveAsync(folder, host));

        Assert.Single(host.Seen);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Redirect_to_a_public_host_is_followed_without_the_key(int status)
    {
        using TemporaryFolder folder = new();
        StubHandler host = new(StubReply.Redirect("https://cdn.example.com/a.png", status), StubReply.Of(200, Bytes.Png));

        await OutputResourceTests.SaveAsync(folder, host);

        Assert.Equal("cdn.example.com", host.Seen[1].Address.Host);
        Assert.All(host.Seen, r => Assert.Null(r.Header("Authorization")));
        Assert.All(host.Seen, r => Assert.Null(r.Header("Referer")));
    }

    [Fact]
    public async Task Download_from_the_services_own_host_does_not_send_the_key()
    {
        using TemporaryFolder folder = new();
        StubHandler host = new(StubReply.Of(200, Bytes.Png));

        await OutputResourceTests.SaveAsync(folder, host, new Uri("https://api.atlascloud.ai/outputs/a.png"));

        Assert.Null(host.Seen[0].Header("Authorization"));
    }

    [Fact]
    public async Task Redirect_loop_is_aborted()
    {
        using TemporaryFolder folder = new();
        StubHandler host = new StubHandler().When("/", StubReply.Redirect("/outputs/again"));

        await Assert.ThrowsAsync<AtlasCloudException>(() => OutputResourceTests.SaveAsync(folder, host));

        Assert.InRange(host.Seen.Count, 2, 10);
    }

    [Theory]
    [InlineData("https://[::bad")]
    [InlineData("https://")]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:image/png;base64,AAAA")]
    [InlineData("file:///etc/passwd")]
    public async Task Redirect_to_an_invalid_address_is_not_followed(string address)
    {
        using TemporaryFolder folder = new();
        StubHandler host = new StubHandler().When("/", StubReply.Redirect(address));

        AtlasCloudException refused = await Assert.ThrowsAsync<AtlasCloudException>(() => OutputResourceTests.SaveAsync(folder, host));

        Assert.Equal(AtlasCloudErrorKind.DownloadIncomplete, refused.Kind);
        Assert.Single(host.Seen);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("10.0.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("::ffff:192.168.0.1")]
    [InlineData("64:ff9b::a00:1")]
    public async Task Host_that_resolves_to_a_private_address_is_not_connected_to(string address)
    {
        using DownloadConnection connection = new(Some.Options(), null)
        {
            Proxy = new WebProxy(),
            ResolveHost = (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse(address)]),
        };

        HttpRequestException refused = await Assert.ThrowsAsync<HttpRequestException>(() =>
            connection.OpenAsync(new Uri("https://looks-public.example.com./a.png"), null, Some.NoStop));

        Assert.Contains("private network", Assert.IsType<AtlasCloudException>(refused.InnerException).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Proxy_can_have_a_private_address_and_resolves_host_names_itself()
    {
        using TcpListener proxy = new(IPAddress.Loopback, 0);
        proxy.Start();
        List<string> resolved = [];
        using DownloadConnection connection = new(new AtlasCloudOptions { Proxy = new Uri($"http://proxy.example.com:{((IPEndPoint)proxy.LocalEndpoint).Port}") }, null)
        {
            ResolveHost = (name, _) =>
            {
                resolved.Add(name);
                return Task.FromResult<IPAddress[]>([IPAddress.Loopback]);
            },
        };

        Task<HttpResponseMessage> opening = connection.OpenAsync(new Uri("https://storage.example.com/a.png"), null, Some.NoStop);
        Task<TcpClient> accepting = proxy.AcceptTcpClientAsync();
        Assert.Same(accepting, await Task.WhenAny(accepting, opening));
        using TcpClient client = await accepting;
        using StreamReader reader = new(client.GetStream());
        string? line = await reader.ReadLineAsync();
        await client.GetStream().WriteAsync("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n"u8.ToArray());

        await Assert.ThrowsAsync<HttpRequestException>(() => opening);
        Assert.Equal("CONNECT storage.example.com:443 HTTP/1.1", line);
        Assert.Equal(["proxy.example.com"], resolved);
    }

    [Fact]
    public async Task Client_with_a_loopback_base_address_downloads_from_loopback()
    {
        using TemporaryFolder folder = new();
        AtlasCloudOptions options = new() { BaseUri = new Uri("http://127.0.0.1:5081") };
        Output output = new() { Value = "x", Uri = new Uri("http://127.0.0.1:5081/out.png") };

        await Some.Client(new StubHandler(StubReply.Of(200, Bytes.Png)), options: options).Outputs.SaveAsync(output, folder.Path, "name");

        Assert.Equal(["name.png"], folder.Names);
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("10.255.255.255")]
    [InlineData("100.64.0.1")]
    [InlineData("127.255.0.1")]
    [InlineData("169.254.1.1")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.0.0.192")]
    [InlineData("192.0.2.1")]
    [InlineData("192.88.99.0")]
    [InlineData("192.88.99.255")]
    [InlineData("192.168.1.1")]
    [InlineData("198.18.0.1")]
    [InlineData("198.19.255.255")]
    [InlineData("198.51.100.1")]
    [InlineData("203.0.113.1")]
    [InlineData("224.0.0.1")]
    [InlineData("240.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("168.63.129.16")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::7f00:1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("64:ff9b:1::1")]
    [InlineData("100::1")]
    [InlineData("100:0:0:1::1")]
    [InlineData("2001::1")]
    [InlineData("2001:2::1")]
    [InlineData("2001:10::1")]
    [InlineData("2001:20::1")]
    [InlineData("2001:1ff::1")]
    [InlineData("2001:db8::1")]
    [InlineData("2002:7f00:1::1")]
    [InlineData("2002:c058:6301::1")]
    [InlineData("3fff::1")]
    [InlineData("3fff:fff::1")]
    [InlineData("5f00::1")]
    [InlineData("fc00::1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("fe80::1")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    public void IsPrivate_returns_true_for_a_special_purpose_address(string address) => Assert.True(PrivateAddress.IsPrivate(IPAddress.Parse(address)));

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("192.88.98.255")]
    [InlineData("192.88.100.0")]
    [InlineData("2001:200::1")]
    [InlineData("3fff:1000::1")]
    [InlineData("172.32.0.1")]
    [InlineData("100.128.0.1")]
    [InlineData("2606:4700::1111")]
    public void IsPrivate_returns_false_for_a_public_address(string address) => Assert.False(PrivateAddress.IsPrivate(IPAddress.Parse(address)));
}
