namespace AtlasCloud.Emulation.Tests.Support;

/// <summary>An answer of a chat model, in the terms of no protocol.</summary>
internal sealed record Said(string Text, string Reasoning, IReadOnlyList<(string Id, string Name, string Arguments)> Calls, string? Stop, int Input, int Output)
{
    internal string CallText => string.Join(' ', Calls.Select(call => call.Name + call.Arguments));
}
