using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace AtlasCloud.Tests;

/// <summary>A host with one file that knows ranges and cuts connections: the first answers end early, each after as many bytes as it is told.</summary>
internal sealed class RangeHost(byte[] content, params int[] cuts)
{
    private int _asked;

    /// <summary>The strong ETag; null for none.</summary>
    internal string? Tag { get; set; } = "\"one\"";

    internal byte[] Content { get; set; } = content;

    /// <summary>Changes an answer before it goes out; gets the number of the request, from 1.</summary>
    internal Action<int, HttpResponseMessage>? Change { get; init; }

    internal StubReply Reply => new((request, _) => Task.FromResult(Answer(request)));

    private HttpResponseMessage Answer(HttpRequestMessage request)
    {
        int number = ++_asked;
        string? range = request.Headers.TryGetValues("Range", out IEnumerable<string>? ranges) ? ranges.Single() : null;
        bool fits = range is not null && request.Headers.TryGetValues("If-Range", out IEnumerable<string>? version) && version.Single() == Tag;
        int from = fits ? int.Parse(range!.Split('=', '-')[1], CultureInfo.InvariantCulture) : 0;
        HttpResponseMessage response = new(from == 0 ? HttpStatusCode.OK : HttpStatusCode.PartialContent);
        byte[] rest = Content[Math.Min(from, Content.Length)..];
        bool isCut = number <= cuts.Length;
        response.Content = new StreamContent(isCut
            ? new DrippingStream(rest[..Math.Min(cuts[number - 1], rest.Length)], 1000, () => new HttpIOException(HttpRequestError.ResponseEnded, "cut"))
            : new DrippingStream(rest, 1000));
        response.Content.Headers.ContentLength = rest.Length;
        if (from > 0 && from >= Content.Length)
        {
            response.StatusCode = HttpStatusCode.RequestedRangeNotSatisfiable;
            response.Content = new ByteArrayContent([]);
            response.Content.Headers.ContentRange = new ContentRangeHeaderValue(Content.Length);
        }
        else if (from > 0)
        {
            response.Content.Headers.ContentRange = new ContentRangeHeaderValue(from, Content.Length - 1, Content.Length);
        }

        if (Tag is not null)
        {
            response.Headers.TryAddWithoutValidation("ETag", Tag);
        }

        Change?.Invoke(number, response);
        return response;
    }
}
