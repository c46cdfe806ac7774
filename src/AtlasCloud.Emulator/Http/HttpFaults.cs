namespace AtlasCloud.Emulation.Http;

/// <summary>The names of faults in scenarios.</summary>
internal static class HttpFaults
{
    internal static IReadOnlyDictionary<string, HttpFault> ByName { get; } = new Dictionary<string, HttpFault>(StringComparer.Ordinal)
    {
        ["drop-before"] = HttpFault.DropBefore,
        ["drop-after"] = HttpFault.DropAfter,
        ["truncate"] = HttpFault.Truncate,
        ["wrong-length"] = HttpFault.WrongLength,
        ["slow-drip"] = HttpFault.SlowDrip,
        ["wrong-type"] = HttpFault.WrongType,
        ["no-type"] = HttpFault.NoType,
        ["reset"] = HttpFault.Reset,
        ["stall"] = HttpFault.Stall,
        ["stream-error"] = HttpFault.StreamError,
        ["cut-character"] = HttpFault.CutCharacter,
        ["split-characters"] = HttpFault.SplitCharacters,
        ["expired-link"] = HttpFault.ExpiredLink,
    };
}
