using System.Globalization;
using System.Text;
using AtlasCloud.Text;

namespace AtlasCloud.Http;

/// <summary>Requests and replies as text for -Debug, with keys and media bytes masked.</summary>
internal static class WireLog
{
    private const int LongestBody = 8 * 1024;

    internal static async Task<string> RequestAsync(HttpRequestMessage request, string? key, CancellationToken cancellationToken)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{request.Method} {request.RequestUri?.AbsoluteUri}");
        if (request.Content?.Headers.ContentType?.MediaType == "application/json")
        {
            // JSON bodies are byte arrays in memory, so reading them here does not use them up.
            text.Append('\n').Append(Cut(await request.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false)));
        }
        else if (request.Content is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n({request.Content.Headers.ContentType}, {request.Content.Headers.ContentLength} bytes)");
        }

        return Clean(text.ToString(), key);
    }

    internal static string Reply(ApiResponse reply, string? key) =>
        Clean($"HTTP {(int)reply.Status}, request id {reply.RequestId ?? "none"}, {reply.Length} bytes\n{Cut(reply.Text)}", key);

    private static string Cut(string body) => body.Length <= LongestBody ? body : body[..LongestBody] + "…";

    private static string Clean(string text, string? key) =>
        string.Concat(SafeText.Mask(text, key).Select(c => c is not '\n' and not '\t' && SafeText.IsUnprintable(c) ? '\uFFFD' : c));
}
