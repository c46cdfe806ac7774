using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Chaos;

namespace AtlasCloud.Soak;

/// <summary>All faults of the emulator, with higher rates for those that can cost money or lose results.</summary>
internal static class FaultMix
{
    private static readonly (string Fault, string On, double Part)[] s_extraFaults =
    [
        ("drop-after", "submit", 0.10),
        ("reset", "submit", 0.03),
        ("truncate", "submit", 0.05),
        ("errors/502-cloudflare.html", "submit", 0.05),
        ("errors/504-sync-wait.json", "submit", 0.05),
        ("errors/500-internal.json", "submit", 0.05),
        ("fallback-only", "submit", 0.05),
        ("failed500", "submit", 0.05),
        ("truncate", "download", 0.15),
        ("expired-link", "download", 0.10),
        ("incident-401", "poll", 0.05),
    ];

    /// <param name="seed">The seed of the faults.</param>
    /// <param name="rate">The approximate share of requests of each kind that gets a fault.</param>
    internal static EmulatorScenario CreateScenario(int seed, double rate)
    {
        JsonArray faults = [.. KnownFaults.All.Keys.Select(name => JsonValue.Create(name))];
        foreach ((string fault, string on, double part) in s_extraFaults)
        {
            JsonObject more = new() { ["fault"] = fault, ["on"] = new JsonArray(on), ["rate"] = rate * part };
            if (fault.StartsWith("errors/50", StringComparison.Ordinal))
            {
                // The reply is an error, but the task exists.
                more["afterwards"] = true;
            }

            faults.Add(more);
        }

        JsonObject chaos = new() { ["seed"] = seed, ["rate"] = rate * 0.6, ["faults"] = faults };
        return EmulatorScenario.Parse(new JsonObject { ["chaos"] = chaos }.ToJsonString());
    }
}
