using System.Globalization;
using AtlasCloud.Bench.Peers;
using AtlasCloud.Bench.Server;

namespace AtlasCloud.Bench.Measurements;

/// <summary>A long chat stream, compared with the OpenAI client for Node.</summary>
internal static class ChatStream
{
    private const string Ours = "AtlasCloud";
    private const string Peer = "OpenAI client for Node";

    internal static Comparison Create(BenchContext context)
    {
        OpenAiNode node = new(Path.Join(context.Settings.Output, "node"), context.Sizes.InstallsPeers);
        return new(
            "stream",
            [
                new(Ours, () => context.Shell.MeasureAsync(
                    "Stream.ps1", "-Module", context.Shell.Module, "-Model", BenchCatalog.ChatModel, "-Count", context.Sizes.Events.ToString(CultureInfo.InvariantCulture))),
                new(Peer, () => node.StreamAsync(context.Address, BenchCatalog.ChatModel, context.Sizes.Events)),
            ],
            [
                new("100,000 stream events into the pipeline", "≤ 1.0 × the OpenAI client for Node", 1.0, "0.00 ×", m => m.Ratio(Ours, Peer)),
                new("100,000 stream events: memory growth", "≤ 16 MiB", 16, "0 MiB", m => m.Of(Ours, s => s.Growth)),
            ]);
    }
}
