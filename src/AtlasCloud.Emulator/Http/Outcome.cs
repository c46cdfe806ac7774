namespace AtlasCloud.Emulation.Http;

/// <summary>A reply and what happens to it on the wire. A null reply with a fault ends the connection in silence.</summary>
/// <param name="Reply">The reply.</param>
/// <param name="Fault">The fault.</param>
/// <param name="DripDelay">The pause before each piece of a slow reply.</param>
/// <param name="Events">After how many pieces a fault strikes that strikes within a stream.</param>
/// <param name="Sent">Called when the last byte of a whole reply has gone.</param>
internal sealed record Outcome(
    Reply? Reply, HttpFault Fault = HttpFault.None, TimeSpan DripDelay = default, int Events = 3, Action? Sent = null)
{
    /// <summary>Whether the client gets the whole reply, if it stays.</summary>
    internal bool IsWhole => Fault is not (HttpFault.Truncate or HttpFault.WrongLength or HttpFault.Stall or HttpFault.CutCharacter);
}
