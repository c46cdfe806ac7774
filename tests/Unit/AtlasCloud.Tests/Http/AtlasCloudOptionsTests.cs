namespace AtlasCloud.Tests;

public sealed class AtlasCloudOptionsTests
{
    [Theory]
    [InlineData("https://api.atlascloud.ai", "https://api.atlascloud.ai/")]
    [InlineData("https://api.atlascloud.ai/", "https://api.atlascloud.ai/")]
    [InlineData("https://api.atlascloud.ai/api/v1", "https://api.atlascloud.ai/")]
    [InlineData("https://api.atlascloud.ai/v1/", "https://api.atlascloud.ai/")]
    [InlineData("https://api.atlascloud.ai/Public/V1", "https://api.atlascloud.ai/")]
    [InlineData("https://proxy.example.com:8443/api", "https://proxy.example.com:8443/")]
    [InlineData("http://127.0.0.1:5081", "http://127.0.0.1:5081/")]
    [InlineData("http://localhost:5081/v1", "http://localhost:5081/")]
    [InlineData("http://[::1]:5081", "http://[::1]:5081/")]
    public void BaseUri_is_reduced_to_its_origin(string given, string expected) =>
        Assert.Equal(expected, new AtlasCloudOptions { BaseUri = new Uri(given) }.BaseUri.AbsoluteUri);

    [Theory]
    [InlineData("api.atlascloud.ai")]
    [InlineData("localhost:8080")]
    [InlineData("ftp://api.atlascloud.ai")]
    [InlineData("file:///etc/passwd")]
    [InlineData("http://api.atlascloud.ai")]
    [InlineData("http://localhost.example.com")]
    [InlineData("http://10.0.0.1")]
    [InlineData("https://user:secret@api.atlascloud.ai")]
    [InlineData("https://api.atlascloud.ai/somewhere/else")]
    public void BaseUri_throws_InvalidParameter_for_an_address_that_must_not_receive_the_key(string given)
    {
        AtlasCloudException refused = Assert.Throws<AtlasCloudException>(() =>
            new AtlasCloudOptions { BaseUri = new Uri(given, UriKind.RelativeOrAbsolute) });

        Assert.Equal(AtlasCloudErrorKind.InvalidParameter, refused.Kind);
    }

    [Fact]
    public void Options_out_of_range_are_rejected()
    {
        Assert.Throws<ArgumentOutOfRangeException>(nameof(AtlasCloudOptions.PollInterval), () => new AtlasCloudOptions { PollInterval = TimeSpan.Zero });
        Assert.Throws<ArgumentOutOfRangeException>(nameof(AtlasCloudOptions.PollTimeout), () => new AtlasCloudOptions { PollTimeout = TimeSpan.Zero });
        Assert.Throws<ArgumentOutOfRangeException>(nameof(AtlasCloudOptions.RequestTimeout), () => new AtlasCloudOptions { RequestTimeout = TimeSpan.FromSeconds(-1) });
        Assert.Throws<ArgumentOutOfRangeException>(nameof(AtlasCloudOptions.MaximumRetryCount), () => new AtlasCloudOptions { MaximumRetryCount = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(nameof(AtlasCloudOptions.ThrottleLimit), () => new AtlasCloudOptions { ThrottleLimit = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(nameof(AtlasCloudOptions.Budget), () => new AtlasCloudOptions { Budget = -0.01m });
    }

    [Fact]
    public void LlmBaseUri_defaults_to_BaseUri() =>
        Assert.Equal("http://127.0.0.1:5081/", new AtlasCloudOptions { BaseUri = new Uri("http://127.0.0.1:5081") }.LlmBaseUri.AbsoluteUri);

    [Theory]
    [InlineData("apikey-abc", "apikey-abc")]
    [InlineData("  apikey-abc\r\n", "apikey-abc")]
    [InlineData("Bearer apikey-abc", "apikey-abc")]
    [InlineData("bearer   apikey-abc ", "apikey-abc")]
    [InlineData("", null)]
    [InlineData("   ", null)]
    [InlineData("Bearer ", null)]
    [InlineData(null, null)]
    public void ApiKey_is_trimmed_and_stripped_of_Bearer(string? given, string? expected) =>
        Assert.Equal(expected, new AtlasCloudOptions { ApiKey = given }.ApiKey);

    [Theory]
    [InlineData("two words")]
    [InlineData("line\nbreak")]
    [InlineData("schlüssel")]
    [InlineData("nul\0nul")]
    public void ApiKey_throws_Authentication_without_the_key_if_a_header_cannot_contain_it(string given)
    {
        AtlasCloudException refused = Assert.Throws<AtlasCloudException>(() => new AtlasCloudOptions { ApiKey = given });

        Assert.Equal(AtlasCloudErrorKind.Authentication, refused.Kind);
        Assert.DoesNotContain(given, refused.Message, StringComparison.Ordinal);
    }
}
