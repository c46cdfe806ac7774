using AtlasCloud.Emulation.Http;

namespace AtlasCloud.Emulation.Routing;

/// <summary>The routing table.</summary>
internal sealed class Router
{
    private readonly List<Route> _routes = [];

    internal void Add(string method, string path, RouteKind kind, Func<RequestContext, Reply> handler) =>
        Add(method, path, kind, (context, _) => Task.FromResult(handler(context)));

    internal void Add(string method, string path, RouteKind kind, Func<RequestContext, CancellationToken, Task<Reply>> handler) =>
        _routes.Add(new Route(method, path, kind, handler));

    internal (Route Route, IReadOnlyList<string> RouteValues)? Find(string method, string path)
    {
        foreach (Route route in _routes)
        {
            if (route.Match(method, path) is { } values)
            {
                return (route, values);
            }
        }

        return null;
    }
}
