namespace AtlasCloud.Emulation.Http;

/// <summary>A reply and what happens to it on the wire. A null reply with a fault ends the connection in silence.</summary>
/// <param name="Reply">The reply.</param>
/// <param name="Fault">The fault.</param>
/// <param name="ChunkDelay">The pause before each piece of a slow reply.</param>
/// <param name="EventsBeforeFault">After how many pieces a fault strikes that strikes within a stream.</param>
/// <param name="OnSent">Called when the last byte of a whole reply has gone.</param>
internal sealed record HandlerResult(
    Reply? Reply, HttpFault Fault = HttpFault.None, TimeSpan ChunkDelay = default, int EventsBeforeFault = 3, Action? OnSent = null)
{
    /// <summary>Whether the client gets the whole reply, if it stays.</summary>
    internal bool IsComplete => Fault is not (HttpFault.Truncate or HttpFault.WrongLength or HttpFault.Stall or HttpFault.CutCharacter);
}
