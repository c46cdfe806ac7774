using System.Net.Sockets;
using AtlasCloud.Text;

namespace AtlasCloud.Http;

/// <summary>Translates failures below HTTP, above all whether the request can have reached the service.</summary>
internal static class TransportErrors
{
    /// <summary>The exception to throw instead of the original one.</summary>
    internal static Exception Translate(Exception original, ApiCall call, Deadline deadline, string? key, CancellationToken cancellationToken)
    {
        Exception exception = WithoutKey(original, key);
        switch (exception)
        {
            case AtlasCloudException:
                return exception;
            case OperationCanceledException when cancellationToken.IsCancellationRequested:
                return new OperationCanceledException("The operation was canceled.", exception, cancellationToken);
            case OperationCanceledException when deadline.HasExpired:
                return WithHost(call, AtlasCloudErrorKind.RequestTimedOut, $"did not respond to the request for {call.Description} within {DurationText.InSeconds(deadline.Limit)}", exception);
            case HttpRequestException refused when ProxyErrors.IsAuthenticationRequired(refused):
                return ProxyErrors.AuthenticationRequired(AtlasCloudErrorKind.ConnectionFailed, call.Description, exception);
            case HttpRequestException fault:
                return WithHost(call, AtlasCloudErrorKind.ConnectionFailed, $"{Describe(fault, key)} (request for {call.Description})", exception, fault);
            case HttpIOException { HttpRequestError: HttpRequestError.InvalidResponse }:
                return WithHost(call, AtlasCloudErrorKind.ConnectionFailed, $"sent a response to the request for {call.Description} that cannot be read", exception);
            case IOException or SocketException or OperationCanceledException:
                return WithHost(call, AtlasCloudErrorKind.ConnectionFailed, $"closed the connection before the response to the request for {call.Description} was complete", exception);
            default:
                return exception;
        }
    }

    /// <summary>Whether the request provably never left: no name resolution, no connection, no TLS session, no proxy tunnel.</summary>
    internal static bool IsNotSent(HttpRequestException fault) => fault.HttpRequestError
        is HttpRequestError.NameResolutionError
        or HttpRequestError.ConnectionError
        or HttpRequestError.SecureConnectionError
        or HttpRequestError.ProxyTunnelError;

    private static AtlasCloudException WithHost(ApiCall call, AtlasCloudErrorKind kind, string what, Exception inner, HttpRequestException? fault = null) =>
        new(kind, $"{call.Address.Authority} {what}.", inner)
        {
            IsNotSent = fault is not null && IsNotSent(fault),
            Reason = fault?.HttpRequestError == HttpRequestError.SecureConnectionError ? AtlasCloudErrorReason.TlsFailed : AtlasCloudErrorReason.None,
        };

    // A malformed response is quoted in the exception about it, and inner exceptions are shown too.
    private static Exception WithoutKey(Exception exception, string? key)
    {
        string text = exception.ToString();
        return exception is not HttpRequestException fault || KeyMasker.Mask(text, key) == text
            ? exception
            : new HttpRequestException(fault.HttpRequestError, SafeText.Sanitize(Innermost(fault).Message, key));
    }

    private static Exception Innermost(Exception fault) => fault.InnerException is null ? fault : Innermost(fault.InnerException);

    private static string Describe(HttpRequestException fault, string? key) => fault.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => "could not be found: the name cannot be resolved",
        HttpRequestError.ConnectionError => "could not be reached: " + Reason(fault, key),
        HttpRequestError.SecureConnectionError => "could not be reached: the TLS handshake failed: " + Reason(fault, key),
        HttpRequestError.ProxyTunnelError => "could not be reached: the proxy rejected the connection",
        HttpRequestError.ResponseEnded => "closed the connection before it responded",
        HttpRequestError.ConfigurationLimitExceeded => "sent response headers that are too large",
        _ => "closed the connection: " + Reason(fault, key),
    };

    private static string Reason(Exception fault, string? key) =>
        SafeText.Sanitize(Innermost(fault).Message, key, 200).TrimEnd('.');
}
