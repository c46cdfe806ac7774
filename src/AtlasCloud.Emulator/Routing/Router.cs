using AtlasCloud.Emulation.Http;

namespace AtlasCloud.Emulation.Routing;

/// <summary>The table of addresses.</summary>
internal sealed class Router
{
    private readonly List<Route> _routes = [];

    internal void Add(string method, string path, RouteKind kind, Func<Exchange, Reply> handler) =>
        Add(method, path, kind, (exchange, _) => Task.FromResult(handler(exchange)));

    internal void Add(string method, string path, RouteKind kind, Func<Exchange, CancellationToken, Task<Reply>> handler) =>
        _routes.Add(new Route(method, path, kind, handler));

    internal (Route Route, IReadOnlyList<string> Places)? Find(string method, string path)
    {
        foreach (Route route in _routes)
        {
            if (route.Match(method, path) is { } places)
            {
                return (route, places);
            }
        }

        return null;
    }
}
