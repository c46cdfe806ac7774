using System.Text;

namespace AtlasCloud.Outputs;

/// <summary>Recognizes error responses about signed addresses that have expired.</summary>
internal static class ExpiryDetector
{
    private const int HeadLength = 4096;

    /// <summary>Whether the body of an error response reports that a signed address has expired.</summary>
    internal static async Task<bool> ReportsExpiryAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        byte[] head = new byte[HeadLength];
        Stream body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        int count = await body.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        return Encoding.UTF8.GetString(head, 0, count).Contains("expired", StringComparison.OrdinalIgnoreCase);
    }
}
