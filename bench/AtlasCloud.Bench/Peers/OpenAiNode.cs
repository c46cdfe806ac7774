using System.Globalization;
using System.Text.Json;

namespace AtlasCloud.Bench.Peers;

/// <summary>The OpenAI client for Node, installed into the output folder with the pinned version.</summary>
internal sealed class OpenAiNode(string folder, bool mayInstall)
{
    private static readonly string s_source = Path.Join(AppContext.BaseDirectory, "Node");
    private Task? _installed;

    internal async Task<Sample> StreamAsync(string address, string model, int events)
    {
        await (_installed ??= InstallAsync()).ConfigureAwait(false);
        (string output, _) = await ChildProcess.RunAsync(
            "node", [Path.Join(folder, "stream.mjs"), address, model, events.ToString(CultureInfo.InvariantCulture)]).ConfigureAwait(false);
        return JsonSerializer.Deserialize<Sample>(output)!;
    }

    private async Task InstallAsync()
    {
        Directory.CreateDirectory(folder);
        foreach (string file in Directory.GetFiles(s_source))
        {
            File.Copy(file, Path.Join(folder, Path.GetFileName(file)), overwrite: true);
        }

        if (!Directory.Exists(Path.Join(folder, "node_modules", "openai")))
        {
            if (!mayInstall)
            {
                throw new PeerMissingException("is not installed in this run");
            }

            string npm = OperatingSystem.IsWindows() ? "npm.cmd" : "npm";
            try
            {
                await ChildProcess.RunAsync(npm, ["ci", "--no-audit", "--no-fund", "--ignore-scripts"], folder: folder).ConfigureAwait(false);
            }
            catch (InvalidOperationException exception)
            {
                throw new PeerMissingException($"the OpenAI client for Node cannot be installed: {exception.Message.Split('\n')[0]}");
            }
        }
    }
}
