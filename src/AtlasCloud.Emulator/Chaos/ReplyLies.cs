using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Http;
using AtlasCloud.Emulation.Scenarios;

namespace AtlasCloud.Emulation.Chaos;

/// <summary>Replies about another prediction, absurd quotes, replies that repeat the key, and downloads that are no media files.</summary>
internal static class ReplyLies
{
    private static readonly RequestKind[] s_kindsWithKey = [RequestKind.Submit, RequestKind.Poll, RequestKind.History];
    private static readonly RequestKind[] s_kindsWithLength = [.. Enum.GetValues<RequestKind>().Except([RequestKind.Chat])];

    internal static IEnumerable<ChaosFault> All() =>
    [
        ChaosFault.Create("other-id", [RequestKind.Poll], Patch(new JsonObject { ["data"] = new JsonObject { ["id"] = "00000000000000000000000000000000" } })),
        CreateQuote("negative-quote", "-12000"),
        CreateQuote("huge-quote", "79228162514264337593543950335"),
        CreateWithKey("repeated-key", "{key}"),
        CreateWithKey("repeated-key-escaped", "{key-escaped}"),
        CreateWithKey("repeated-key-spaced", "{key-spaced}"),
        CreateDownload("download-page", JsonValue.Create("\uFEFF<!-- cache --><html><head><title>502</title></head><body>Bad gateway</body></html>")),
        CreateDownload("download-heading", JsonValue.Create("<h1>502 Bad Gateway</h1>")),
        CreateDownload("download-sentence", JsonValue.Create("Access denied")),
        CreateDownload("download-json", new JsonObject { ["error"] = "expired" }),
        CreateDownload("download-empty-list", new JsonArray()),
        ChaosFault.Create("zeros", [RequestKind.Download], new ScenarioRule { Fault = HttpFault.Zeros }),
        ChaosFault.Create("cut-without-length", s_kindsWithLength, new ScenarioRule { Fault = HttpFault.CutWithoutLength }),
    ];

    private static ChaosFault CreateQuote(string name, string price) =>
        ChaosFault.Create(name, [RequestKind.Quote], Patch(new JsonObject { ["data"] = new JsonObject { ["price"] = price } }));

    private static ChaosFault CreateWithKey(string name, string key) => ChaosFault.Create(name, s_kindsWithKey, Patch(new JsonObject
    {
        ["message"] = $"accepted for {key}",
        [key] = key,
        ["data"] = new JsonObject { ["note"] = $"key={key}&more", ["owner"] = new JsonObject { [key] = key } },
    }));

    private static ChaosFault CreateDownload(string name, JsonNode body) => ChaosFault.Create(name, [RequestKind.Download], new ScenarioRule
    {
        Reply = new ScenarioReply { Status = 200, Headers = [new("Content-Type", "image/png")], Body = body },
    });

    private static ScenarioRule Patch(JsonObject patch) => new() { Reply = new ScenarioReply { Patch = patch, ExecutesRequest = true } };
}
