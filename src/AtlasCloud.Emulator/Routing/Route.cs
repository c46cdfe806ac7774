using AtlasCloud.Emulation.Http;

namespace AtlasCloud.Emulation.Routing;

/// <summary>A method, a path pattern and their handler. <c>{}</c> matches one segment, <c>{*}</c> the rest of the path.</summary>
internal sealed class Route
{
    private readonly string[] _pattern;

    internal Route(string method, string path, RouteKind kind, Func<RequestContext, CancellationToken, Task<Reply>> handler)
    {
        (Method, Kind, Handler) = (method, kind, handler);
        _pattern = path.Split('/');
    }

    internal string Method { get; }

    internal RouteKind Kind { get; }

    internal Func<RequestContext, CancellationToken, Task<Reply>> Handler { get; }

    /// <summary>The unescaped values of the placeholders; null if the route does not match.</summary>
    internal IReadOnlyList<string>? Match(string method, string path)
    {
        if (method != Method && !(method == "HEAD" && Method == "GET"))
        {
            return null;
        }

        // Some clients try each address with a trailing slash as well.
        string[] segments = path.TrimEnd('/').Split('/');
        List<string> values = [];
        for (int i = 0; i < _pattern.Length; i++)
        {
            if (_pattern[i] == "{*}" && segments.Length > i)
            {
                values.Add(Uri.UnescapeDataString(string.Join('/', segments[i..])));
                return values;
            }

            if (i >= segments.Length)
            {
                return null;
            }

            if (_pattern[i] == "{}" && segments[i].Length > 0)
            {
                values.Add(Uri.UnescapeDataString(segments[i]));
            }
            else if (_pattern[i] != segments[i])
            {
                return null;
            }
        }

        return segments.Length == _pattern.Length ? values : null;
    }
}
