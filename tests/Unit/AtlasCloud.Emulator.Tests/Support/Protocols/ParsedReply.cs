namespace AtlasCloud.Emulation.Tests.Support.Protocols;

/// <summary>A chat reply, independent of the protocol.</summary>
internal sealed record ParsedReply(string Text, string Reasoning, IReadOnlyList<(string Id, string Name, string Arguments)> Calls, string? FinishReason, int InputTokens, int OutputTokens)
{
    internal string CallText => string.Join(' ', Calls.Select(call => call.Name + call.Arguments));
}
