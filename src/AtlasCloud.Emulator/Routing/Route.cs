using AtlasCloud.Emulation.Http;

namespace AtlasCloud.Emulation.Routing;

/// <summary>A method and a path, with <c>{}</c> for one segment and <c>{*}</c> for all that follow, and who answers there.</summary>
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

    /// <summary>The values of the places, unescaped; null where the route is another one.</summary>
    internal IReadOnlyList<string>? Match(string method, string path)
    {
        if (method != Method && !(method == "HEAD" && Method == "GET"))
        {
            return null;
        }

        // One client tries every address with a slash at its end as well.
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
