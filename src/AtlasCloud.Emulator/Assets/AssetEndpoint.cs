using System.Text.Json;
using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Http;
using AtlasCloud.Emulation.Predictions;
using AtlasCloud.Emulation.Routing;

namespace AtlasCloud.Emulation.Assets;

/// <summary>/api/v1/sd/assets. Free: it adds nothing to the charges.</summary>
internal sealed class AssetEndpoint
{
    private static readonly string[] s_kinds = ["Image", "Video", "Audio"];
    private static readonly TimeSpan s_checkDuration = TimeSpan.FromSeconds(2);

    private readonly AssetStore _store;
    private readonly AssetInspector _inspector;
    private readonly EmulatorOptions _options;

    internal AssetEndpoint(AssetStore store, AssetInspector inspector, EmulatorOptions options) =>
        (_store, _inspector, _options) = (store, inspector, options);

    internal Reply Post(RequestContext context)
    {
        string? kind = TextOf(context, "type");
        if (!s_kinds.Contains(kind, StringComparer.Ordinal))
        {
            return ErrorReply.Create(context, 400, "type must be Image, Video or Audio");
        }

        if (!Uri.TryCreate(TextOf(context, "url"), UriKind.Absolute, out Uri? address) || !IsAllowed(address))
        {
            return ErrorReply.Create(context, 400, "url must be a public https URL; data URIs and Base64 are not supported");
        }

        DateTimeOffset readyAt = _options.Clock.GetUtcNow() + s_checkDuration * _options.TimeScale;
        JsonObject asset = _store.Add(context.Account, kind!, readyAt, _inspector.FindProblem(kind!, address)).ToJson(_options.Clock.GetUtcNow());

        // The reply of the service to a registration has neither of them.
        asset.Remove("type");
        asset.Remove("name");
        return Success(asset);
    }

    internal Reply List(RequestContext context)
    {
        IReadOnlyList<EmulatedAsset> assets = _store.List(context.Account);
        DateTimeOffset now = _options.Clock.GetUtcNow();
        return Success(new JsonObject
        {
            ["items"] = new JsonArray([.. assets.Select(a => (JsonNode)a.ToJson(now))]),
            ["total"] = assets.Count,
        });
    }

    internal Reply Get(RequestContext context) => WithAsset(context, isDeleted: false, Write);

    internal Reply Put(RequestContext context) => TextOf(context, "name") is not { Length: > 0 } name
        ? ErrorReply.Create(context, 400, "name is required")
        : WithAsset(context, isDeleted: false, asset => Write(_store.Replace(asset with { Name = name })));

    internal Reply Delete(RequestContext context) => WithAsset(context, isDeleted: false, asset =>
    {
        _store.Replace(asset with { IsDeleted = true });
        return Success(null);
    });

    internal Reply Restore(RequestContext context) =>
        WithAsset(context, isDeleted: true, asset => Write(_store.Replace(asset with { IsDeleted = false })));

    private Reply WithAsset(RequestContext context, bool isDeleted, Func<EmulatedAsset, Reply> action) =>
        _store.Find(context.Account, context.RouteValues[0], isDeleted) is EmulatedAsset asset ? action(asset) : ErrorReply.Create(context, 404, "asset not found");

    private Reply Write(EmulatedAsset asset) => Success(asset.ToJson(_options.Clock.GetUtcNow()));

    // Files of the emulator itself have http addresses on loopback.
    private static bool IsAllowed(Uri address) => address.Scheme == "https" ? !address.IsLoopback : address is { Scheme: "http", IsLoopback: true };

    private static Reply Success(JsonNode? data) => Reply.Json(PredictionWriter.Envelope(data, "success"));

    private static string? TextOf(RequestContext context, string name) =>
        context.Body?[name] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
}
