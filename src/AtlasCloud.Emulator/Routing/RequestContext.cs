using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Http;
using AtlasCloud.Emulation.Scenarios;

namespace AtlasCloud.Emulation.Routing;

/// <summary>One request on its way through the emulator, with what was found out about it.</summary>
internal sealed class RequestContext
{
    internal RequestContext(Request request, string requestId) => (Request, RequestId) = (request, requestId);

    internal Request Request { get; }

    internal string RequestId { get; }

    /// <summary>The text of a JSON body; null where the body is none.</summary>
    internal byte[]? BodyBytes { get; set; }

    /// <summary>The body as an object; null where it is none.</summary>
    internal JsonObject? Body { get; set; }

    /// <summary>The values of the places in the route's path.</summary>
    internal IReadOnlyList<string> RouteValues { get; set; } = [];

    /// <summary>The scenario rule that applies; null where none does.</summary>
    internal ScenarioRule? Rule { get; set; }

    /// <summary>How often that rule has applied, this time included.</summary>
    internal int RuleMatchCount { get; set; }

    /// <summary>The prediction that the request made or asks for.</summary>
    internal string? PredictionId { get; set; }

    internal long? FileLength { get; set; }

    internal string? FileSha256 { get; set; }
}
