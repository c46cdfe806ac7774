using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace AtlasCloud.Tests;

/// <summary>A host with one file that supports ranges. The first responses are interrupted, each after the given number of bytes.</summary>
internal sealed class RangeHost(byte[] content, params int[] cuts)
{
    private int _requests;

    /// <summary>The strong ETag; null for none.</summary>
    internal string? Tag { get; set; } = "\"one\"";

    internal byte[] Content { get; set; } = content;

    /// <summary>Changes a response before it is sent. Receives the number of the request, starting at 1.</summary>
    internal Action<int, HttpResponseMessage>? Change { get; init; }

    internal StubReply Reply => new((request, _) => Task.FromResult(Answer(request)));

    private HttpResponseMessage Answer(HttpRequestMessage request)
    {
        int number = ++_requests;
        string? range = request.Headers.TryGetValues("Range", out IEnumerable<string>? ranges) ? ranges.Single() : null;
        bool isPartial = range is not null && request.Headers.TryGetValues("If-Range", out IEnumerable<string>? validators) && validators.Single() == Tag;
        int from = isPartial ? int.Parse(range!.Split('=', '-')[1], CultureInfo.InvariantCulture) : 0;
        HttpResponseMessage response = new(from == 0 ? HttpStatusCode.OK : HttpStatusCode.PartialContent);
        byte[] body = Content[Math.Min(from, Content.Length)..];
        bool isInterrupted = number <= cuts.Length;
        response.Content = new StreamContent(isInterrupted
            ? new DrippingStream(body[..Math.Min(cuts[number - 1], body.Length)], 1000, () => new HttpIOException(HttpRequestError.ResponseEnded, "cut"))
            : new DrippingStream(body, 1000));
        response.Content.Headers.ContentLength = body.Length;
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
