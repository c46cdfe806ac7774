using System.Globalization;
using System.Text;
using AtlasCloud.Text;

namespace AtlasCloud.Http;

/// <summary>Formats requests and responses for the log, with keys and media bytes redacted.</summary>
internal static class WireLog
{
    private const int MaxLength = 8 * 1024;

    internal static async Task<string> FormatRequestAsync(HttpRequestMessage request, string? key, CancellationToken cancellationToken)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{request.Method} {request.RequestUri?.AbsoluteUri}");
        if (request.Content?.Headers.ContentType?.MediaType == "application/json")
        {
            // JSON bodies are byte arrays in memory, so reading them here does not consume them.
            text.Append('\n').Append(await request.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false));
        }
        else if (request.Content is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n({request.Content.Headers.ContentType}, {request.Content.Headers.ContentLength} bytes)");
        }

        return Clean(text.ToString(), key);
    }

    internal static string FormatResponse(ApiResponse reply, string? key, bool hidesBody = false) =>
        Clean($"HTTP {(int)reply.Status}, request id {reply.RequestId ?? "none"}, {reply.Length} bytes\n{(hidesBody ? "(not shown: it can contain a secret)" : reply.Text)}", key);

    // Masked before it is truncated: half of a key would no longer be recognized.
    private static string Clean(string text, string? key)
    {
        string masked = SafeText.Mask(text, key);
        string cut = masked.Length <= MaxLength ? masked : masked[..MaxLength] + "…";
        return string.Concat(cut.Select(c => c is not '\n' and not '\t' && SafeText.IsUnprintable(c) ? '\uFFFD' : c));
    }
}
