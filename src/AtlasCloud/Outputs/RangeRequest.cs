using System.Net.Http.Headers;

namespace AtlasCloud.Outputs;

/// <summary>A request for the rest of a file, on the condition that the file has not changed since its start was received.</summary>
/// <param name="From">The position of the first byte to request.</param>
/// <param name="Validator">The validator for If-Range: an entity tag or a date.</param>
internal sealed record RangeRequest(long From, string Validator)
{
    internal void AddTo(HttpRequestHeaders headers)
    {
        headers.TryAddWithoutValidation("Range", $"bytes={From}-");
        headers.TryAddWithoutValidation("If-Range", Validator);
    }

    /// <summary>
    /// Returns a validator that identifies the file byte for byte: a strong ETag, or a Last-Modified date at least one second before the response. Null if there
    /// is none, or if the host does not accept ranges.
    /// </summary>
    internal static string? FindValidator(HttpResponseMessage response)
    {
        if (response.Headers.AcceptRanges.Contains("none", StringComparer.OrdinalIgnoreCase))
        {
            return null;
        }

        // A file that changes twice within one second keeps its date (RFC 9110, section 8.8.2.2).
        return response.Headers.ETag is { IsWeak: false } tag ? tag.ToString()
            : response.Content.Headers.LastModified is DateTimeOffset modified && response.Headers.Date - modified >= TimeSpan.FromSeconds(1)
            ? modified.ToUniversalTime().ToString("r", System.Globalization.CultureInfo.InvariantCulture)
            : null;
    }
}
