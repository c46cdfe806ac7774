namespace AtlasCloud.Emulation.Http;

/// <summary>A reply and what happens to it on the wire. A null reply with a fault ends the connection in silence.</summary>
internal sealed record Outcome(Reply? Reply, HttpFault Fault = HttpFault.None, TimeSpan DripDelay = default, int Events = 3);
