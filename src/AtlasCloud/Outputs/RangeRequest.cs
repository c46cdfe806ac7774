using System.Net.Http.Headers;

namespace AtlasCloud.Outputs;

/// <summary>The wish for the rest of a file, which holds only as long as the file is the one that the beginning came from.</summary>
/// <param name="From">Where the rest begins.</param>
/// <param name="Version">What identifies the file, as If-Range takes it.</param>
internal sealed record RangeRequest(long From, string Version)
{
    internal void AddTo(HttpRequestHeaders headers)
    {
        headers.TryAddWithoutValidation("Range", $"bytes={From}-");
        headers.TryAddWithoutValidation("If-Range", Version);
    }

    /// <summary>What identifies the file byte for byte: a strong ETag, or a time of change that lies before the answer. Null where there is neither.</summary>
    internal static string? VersionOf(HttpResponseMessage response)
    {
        if (response.Headers.AcceptRanges.Contains("none", StringComparer.OrdinalIgnoreCase))
        {
            return null;
        }

        // Within one second a file can change twice and keep its time (RFC 9110, 8.8.2.2).
        return response.Headers.ETag is { IsWeak: false } tag ? tag.ToString()
            : response.Content.Headers.LastModified is DateTimeOffset changed && response.Headers.Date - changed >= TimeSpan.FromSeconds(1)
            ? changed.ToUniversalTime().ToString("r", System.Globalization.CultureInfo.InvariantCulture)
            : null;
    }
}
