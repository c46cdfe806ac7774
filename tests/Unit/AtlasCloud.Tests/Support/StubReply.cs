using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace AtlasCloud.Tests;

/// <summary>The response of a <see cref="StubHandler"/> to one request.</summary>
internal sealed class StubReply(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer)
{
    internal Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request, CancellationToken cancellationToken) => answer(request, cancellationToken);

    internal static StubReply Json(string body, int status = 200, params (string Name, string Value)[] headers) =>
        Of(status, Encoding.UTF8.GetBytes(body), "application/json", headers);

    internal static StubReply Text(string body, int status, string contentType = "text/plain") =>
        Of(status, Encoding.UTF8.GetBytes(body), contentType);

    internal static StubReply Of(int status, byte[] body, string? contentType = null, params (string Name, string Value)[] headers) =>
        With(status, () => new ByteArrayContent(body), contentType, headers);

    /// <summary>A body from a stream, without Content-Length.</summary>
    internal static StubReply Stream(Func<Stream> body, string contentType) => With(200, () => new StreamContent(body()), contentType);

    internal static StubReply Redirect(string location, int status = 302) => Of(status, [], null, ("Location", location));

    /// <summary>The connection fails.</summary>
    internal static StubReply Fault(Exception fault) => new((_, _) => Task.FromException<HttpResponseMessage>(fault));

    internal static StubReply Fault(HttpRequestError error) => Fault(new HttpRequestException(error, "fault"));

    /// <summary>No response ever arrives. The action runs when the request is received.</summary>
    internal static StubReply Silence(Action? onArrival = null) => new(async (_, cancellationToken) =>
    {
        onArrival?.Invoke();
        await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
        throw new InvalidOperationException("Silence ends by being cancelled.");
    });

    /// <summary>The response arrives when the task has completed.</summary>
    internal static StubReply After(Task wait, StubReply reply) => new(async (request, cancellationToken) =>
    {
        await wait.WaitAsync(cancellationToken);
        return await reply.AnswerAsync(request, cancellationToken);
    });

    internal static StubReply With(int status, Func<HttpContent> content, string? contentType = null, params (string Name, string Value)[] headers) => new((_, _) =>
    {
        HttpResponseMessage response = new((HttpStatusCode)status) { Content = content() };
        if (contentType is not null)
        {
            response.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        }

        foreach ((string name, string value) in headers)
        {
            if (!response.Headers.TryAddWithoutValidation(name, value))
            {
                response.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return Task.FromResult(response);
    });
}
