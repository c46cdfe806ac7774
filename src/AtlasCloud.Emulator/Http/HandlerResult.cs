namespace AtlasCloud.Emulation.Http;

/// <summary>A reply and the fault to inject while sending it. A null reply closes the connection without a response.</summary>
/// <param name="Reply">The reply; null for none.</param>
/// <param name="Fault">The fault to inject.</param>
/// <param name="ChunkDelay">The delay before each chunk of a slow reply.</param>
/// <param name="EventsBeforeFault">The number of chunks to send before a fault within a stream.</param>
/// <param name="OnSent">Called after the last byte of a complete reply.</param>
internal sealed record HandlerResult(
    Reply? Reply, HttpFault Fault = HttpFault.None, TimeSpan ChunkDelay = default, int EventsBeforeFault = 3, Action? OnSent = null)
{
    /// <summary>Whether the fault leaves the reply complete.</summary>
    internal bool IsComplete => Fault is not (HttpFault.Truncate or HttpFault.WrongLength or HttpFault.Stall or HttpFault.CutCharacter or HttpFault.CutWithoutLength);
}
