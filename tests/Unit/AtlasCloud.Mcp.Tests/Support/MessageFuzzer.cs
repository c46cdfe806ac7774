namespace AtlasCloud.Mcp.Tests.Support;

/// <summary>Creates malformed messages: mutations of valid ones, and calls with arguments that do not fit. None of them is a paid call that is valid.</summary>
internal sealed class MessageFuzzer(int seed)
{
    private static readonly string[] s_seeds =
    [
        """{"jsonrpc":"2.0","id":7,"method":"tools/list","params":{}}""",
        """{"jsonrpc":"2.0","id":8,"method":"tools/call","params":{"name":"search_models","arguments":{"query":"flux","limit":3}}}""",
        """{"jsonrpc":"2.0","id":9,"method":"tools/call","params":{"name":"get_model","arguments":{"model":"z-image/turbo"}}}""",
        """{"jsonrpc":"2.0","id":10,"method":"tools/call","params":{"name":"get_prediction","arguments":{"prediction_id":"b072da7f"}}}""",
        """{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":9,"reason":"x"}}""",
        """{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":1,"progress":1}}""",
        """{"jsonrpc":"2.0","id":11,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"x","version":"1"}}}""",
        """{"jsonrpc":"2.0","id":12,"result":{}}""",
        """{"jsonrpc":"2.0","id":13,"error":{"code":-1,"message":"x"}}""",
        """[{"jsonrpc":"2.0","id":14,"method":"ping"}]""",
    ];

    private static readonly string[] s_tools =
        ["search_models", "get_model", "quote", "generate_image", "generate_video", "generate_audio", "get_prediction", "wait_prediction", "save_output", "upload_media", "chat", "get_balance", "no_tool", ""];

    private static readonly string[] s_values =
        ["null", "true", "-1", "1e400", "0.5", "\"\"", "\"\\ud800\"", "\"\\u0000\"", "[]", "[[]]", "{}", "{\"a\":{\"b\":[null]}}", "\"../../etc/passwd\"", "9223372036854775808", "[1,\"x\",null]"];

    private static readonly string[] s_names = ["query", "limit", "type", "parameters", "images", "prediction_id", "timeout_seconds", "path", "folder", "seed", "history", "unknown", "confirm_price"];

    private readonly Random _random = new(seed);

    internal string Next() => _random.Next(4) switch
    {
        0 => Mutate(Pick(s_seeds)),
        1 => Call(Pick(s_tools), $"\"{Pick(s_names)}\":{Pick(s_values)},\"{Pick(s_names)}\":{Pick(s_values)}"),
        2 => $$"""{"jsonrpc":{{Pick(s_values)}},"id":{{Pick(s_values)}},"method":{{Pick(s_values)}},"params":{{Pick(s_values)}}}""",
        _ => new string('[', _random.Next(2000)) + Mutate(Pick(s_seeds)),
    };

    private string Call(string tool, string arguments) =>
        $"{{\"jsonrpc\":\"2.0\",\"id\":{_random.Next(1000)},\"method\":\"tools/call\",\"params\":{{\"name\":\"{tool}\",\"arguments\":{{{arguments}}}}}}}";

    private string Mutate(string message)
    {
        char[] characters = message.ToCharArray();
        for (int i = _random.Next(1, 5); i > 0; i--)
        {
            // Not a line break, which would make two messages of one.
            characters[_random.Next(characters.Length)] = (char)_random.Next(0x20, 0x100);
        }

        return new string(characters)[..(_random.Next(3) == 0 ? _random.Next(characters.Length) : characters.Length)];
    }

    private T Pick<T>(T[] items) => items[_random.Next(items.Length)];
}
