namespace AtlasCloud.Bench.Peers;

/// <summary>Transfers with curl, from its start to its exit.</summary>
internal static class Curl
{
    internal static async Task<Sample> UploadAsync(string address, string file)
    {
        (_, TimeSpan elapsed) = await ChildProcess.RunAsync(
            "curl", ["--silent", "--show-error", "--fail", "--form", $"file=@{file};type=image/png", $"{address}/api/v1/model/uploadMedia"]).ConfigureAwait(false);
        return new Sample { Milliseconds = elapsed.TotalMilliseconds };
    }

    internal static async Task<Sample> DownloadAsync(string address, string file)
    {
        (_, TimeSpan elapsed) = await ChildProcess.RunAsync("curl", ["--silent", "--show-error", "--fail", "--output", file, address]).ConfigureAwait(false);
        return new Sample { Milliseconds = elapsed.TotalMilliseconds };
    }

    /// <summary>Downloads, flushes the file to disk and computes its digest, which is what a saved output had.</summary>
    internal static async Task<Sample> DownloadVerifiedAsync(string address, string file)
    {
        double milliseconds = (await DownloadAsync(address, file).ConfigureAwait(false)).Milliseconds;
        milliseconds += (await ChildProcess.RunAsync("sync", [file]).ConfigureAwait(false)).Elapsed.TotalMilliseconds;
        milliseconds += (await ChildProcess.RunAsync("sha256sum", [file]).ConfigureAwait(false)).Elapsed.TotalMilliseconds;
        return new Sample { Milliseconds = milliseconds };
    }
}
