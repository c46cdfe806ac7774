using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace AtlasCloud.Tests;

/// <summary>A page in a Chromium without a window, driven by its DevTools protocol.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private static readonly string[] s_names = ["chromium", "chromium-browser", "google-chrome", "chrome", "msedge"];

    private readonly Process _process;
    private readonly ClientWebSocket _socket = new();
    private readonly TemporaryFolder _profile = new();
    private int _id;

    private Browser() => _process = Start();

    /// <summary>What the page reported: errors, console messages, and requests other than for files.</summary>
    internal List<string> Reports { get; } = [];

    internal static async Task<Browser> OpenAsync(string file)
    {
        Browser browser = new();
        try
        {
            await browser.ConnectAsync(file);
            return browser;
        }
        catch
        {
            await browser.DisposeAsync();
            throw;
        }
    }

    private async Task ConnectAsync(string file)
    {
        Uri endpoint = await ReadEndpointAsync();
        using HttpClient http = new();
        using HttpResponseMessage reply = await http.PutAsync(new Uri($"http://{endpoint.Authority}/json/new"), null);
        JsonNode target = JsonNode.Parse(await reply.Content.ReadAsStringAsync())!;
        await _socket.ConnectAsync(new Uri((string)target["webSocketDebuggerUrl"]!), CancellationToken.None);
        foreach (string domain in new[] { "Runtime", "Log", "Network", "Page" })
        {
            await CallAsync($"{domain}.enable");
        }

        await CallAsync("Page.navigate", new() { ["url"] = new Uri(file).AbsoluteUri });
        await EvaluateAsync("new Promise(done => document.readyState === 'complete' ? done(1) : addEventListener('load', () => done(1)))");
    }

    /// <summary>Returns the value of an expression, as JSON text for objects.</summary>
    internal async Task<string> EvaluateAsync(string expression)
    {
        JsonNode result = await CallAsync("Runtime.evaluate", new() { ["expression"] = expression, ["awaitPromise"] = true, ["returnByValue"] = true });
        Assert.Null(result["exceptionDetails"]);
        return result["result"]!["value"]?.ToString() ?? "";
    }

    /// <summary>Presses and releases a key.</summary>
    internal async Task PressAsync(string key)
    {
        string? text = key.Length == 1 ? key : key == "Enter" ? "\r" : null;
        int code = key switch { "Enter" => 13, "Escape" => 27, "ArrowLeft" => 37, "ArrowUp" => 38, "ArrowRight" => 39, "ArrowDown" => 40, _ => 0 };
        JsonObject Event(string type) => new() { ["type"] = type, ["key"] = key, ["windowsVirtualKeyCode"] = code };
        JsonObject down = Event(text is null ? "rawKeyDown" : "keyDown");
        if (text is not null)
        {
            down["text"] = text;
        }

        await CallAsync("Input.dispatchKeyEvent", down);
        await CallAsync("Input.dispatchKeyEvent", Event("keyUp"));
    }

    internal Task EmulateAsync(string media, string scheme) => CallAsync("Emulation.setEmulatedMedia", new()
    {
        ["media"] = media,
        ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = scheme }),
    });

    internal Task ResizeAsync(int width, int height) =>
        CallAsync("Emulation.setDeviceMetricsOverride", new() { ["width"] = width, ["height"] = height, ["deviceScaleFactor"] = 1, ["mobile"] = false });

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        await DeleteProfileAsync();
    }

    // The processes of a browser write until they have all ended, which none of them reports.
    private async Task DeleteProfileAsync()
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                _profile.Dispose();
                return;
            }
            catch (IOException) when (attempt < 50)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, CancellationToken.None);
            }
        }
    }

    private async Task<JsonNode> CallAsync(string method, JsonObject? parameters = null)
    {
        int id = ++_id;
        JsonObject call = new() { ["id"] = id, ["method"] = method, ["params"] = parameters };
        await _socket.SendAsync(Encoding.UTF8.GetBytes(call.ToJsonString()), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        while (true)
        {
            JsonNode message = await ReceiveAsync();
            if ((int?)message["id"] == id)
            {
                return message["result"] ?? throw new InvalidOperationException($"{method}: {message["error"]}");
            }

            Report(message);
        }
    }

    private void Report(JsonNode message)
    {
        string? method = (string?)message["method"];
        string? address = (string?)message["params"]?["request"]?["url"];
        if (method is "Runtime.exceptionThrown" or "Log.entryAdded" or "Runtime.consoleAPICalled" or "Page.javascriptDialogOpening"
            || (method == "Network.requestWillBeSent" && address?.StartsWith("file:", StringComparison.Ordinal) != true))
        {
            Reports.Add(message.ToJsonString());
        }
    }

    private async Task<JsonNode> ReceiveAsync()
    {
        using MemoryStream content = new();
        byte[] buffer = new byte[64 * 1024];
        while (true)
        {
            WebSocketReceiveResult part = await _socket.ReceiveAsync(buffer, CancellationToken.None);
            content.Write(buffer, 0, part.Count);
            if (part.EndOfMessage)
            {
                return JsonNode.Parse(content.ToArray())!;
            }
        }
    }

    private Task<Uri> ReadEndpointAsync()
    {
        const string Announcement = "DevTools listening on ";
        TaskCompletionSource<Uri> endpoint = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is null)
            {
                endpoint.TrySetException(new InvalidOperationException("The browser ended before it listened."));
            }
            else if (line.Data.StartsWith(Announcement, StringComparison.Ordinal))
            {
                endpoint.TrySetResult(new Uri(line.Data[Announcement.Length..]));
            }
        };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        return endpoint.Task;
    }

    private Process Start()
    {
        string program = FindProgram();
        ProcessStartInfo start = new(program) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        foreach (string argument in new[] { "--headless", "--disable-gpu", "--no-first-run", "--remote-debugging-port=0", $"--user-data-dir={_profile.Path}" })
        {
            start.ArgumentList.Add(argument);
        }

        // The sandbox refuses the user root, which is usual in a container.
        if (Environment.UserName == "root")
        {
            start.ArgumentList.Add("--no-sandbox");
        }

        return Process.Start(start)!;
    }

    private static string FindProgram() =>
        (from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
         from name in s_names
         let path = Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name)
         where File.Exists(path)
         select path).FirstOrDefault()
        ?? throw new InvalidOperationException($"No browser is on the PATH. The long form of the tests needs one of: {string.Join(", ", s_names)}.");
}
