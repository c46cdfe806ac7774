using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Http;
using AtlasCloud.Emulation.Scenarios;

namespace AtlasCloud.Emulation.Routing;

/// <summary>A request and the state of its processing.</summary>
internal sealed class RequestContext
{
    internal RequestContext(Request request, string requestId, Caller caller) => (Request, RequestId, Caller) = (request, requestId, caller);

    internal Request Request { get; }

    internal string RequestId { get; }

    /// <summary>The bytes of the body; null if it was not read.</summary>
    internal byte[]? BodyBytes { get; set; }

    /// <summary>The body as a JSON object; null if it is not one.</summary>
    internal JsonObject? Body { get; set; }

    /// <summary>The values of the placeholders in the route's path.</summary>
    internal IReadOnlyList<string> RouteValues { get; set; } = [];

    /// <summary>Whose key the request contains.</summary>
    internal Caller Caller { get; }

    /// <summary>The account whose key the request contains, from 1; null for none.</summary>
    internal int? Account => Caller.Account;

    /// <summary>The clock of the reply.</summary>
    internal ScenarioClock Clock { get; set; } = ScenarioClock.Accurate;

    /// <summary>The scenario rule that applies; null for none.</summary>
    internal ScenarioRule? Rule { get; set; }

    /// <summary>How often the rule has applied, including this time.</summary>
    internal int RuleMatchCount { get; set; }

    /// <summary>The prediction that the request creates or reads.</summary>
    internal string? PredictionId { get; set; }

    internal long? FileLength { get; set; }

    internal string? FileSha256 { get; set; }
}
