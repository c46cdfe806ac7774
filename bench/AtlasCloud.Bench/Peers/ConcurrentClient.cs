using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AtlasCloud.Bench.Peers;

/// <summary>
/// What a developer writes by hand: submits concurrently, polls each prediction every second and downloads it. It has no journal, no retries, no
/// validation and no digests.
/// </summary>
internal static class ConcurrentClient
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    internal static async Task<Sample> MeasureAsync(string address, string model, int count, int throttleLimit, string folder)
    {
        using SocketsHttpHandler handler = new() { MaxConnectionsPerServer = throttleLimit };
        using HttpClient client = new(handler) { BaseAddress = new Uri(address) };
        await MakeAsync(client, BenchModelName(), Path.Join(folder, "first.png"), TimeSpan.Zero).ConfigureAwait(false);
        long start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, count).Select(n => MakeAsync(client, model, Path.Join(folder, $"{n}.png"), s_interval))).ConfigureAwait(false);
        return new Sample { Milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds };
    }

    private static string BenchModelName() => Server.BenchModel.Picture(0).Id;

    private static async Task MakeAsync(HttpClient client, string model, string file, TimeSpan interval)
    {
        using HttpResponseMessage reply = await client.PostAsJsonAsync("api/v1/model/generateImage", new JsonObject { ["model"] = model, ["prompt"] = file }).ConfigureAwait(false);
        string id = (await reply.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>().ConfigureAwait(false)).GetProperty("data").GetProperty("id").GetString()!;
        while (true)
        {
            await Task.Delay(interval, TimeProvider.System).ConfigureAwait(false);
            JsonElement state = (await client.GetFromJsonAsync<JsonElement>($"api/v1/model/prediction/{id}").ConfigureAwait(false)).GetProperty("data");
            if (state.GetProperty("status").GetString() == "completed")
            {
                using Stream body = await client.GetStreamAsync(new Uri(state.GetProperty("outputs")[0].GetString()!)).ConfigureAwait(false);
                using FileStream target = File.Create(file);
                await body.CopyToAsync(target).ConfigureAwait(false);
                return;
            }
        }
    }
}
