using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using AtlasCloud.Http;

namespace AtlasCloud;

/// <summary>The models of the service and what they take. Asked for once, then remembered for a while.</summary>
[SuppressMessage("Reliability", "CA1001", Justification = "A semaphore holds nothing to free until its wait handle is asked for.")]
public sealed class ModelCatalog
{
    private const int LargestSchema = 2 * 1024 * 1024;

    private static readonly TimeSpan s_age = TimeSpan.FromMinutes(5);

    private readonly HttpPipeline _http;
    private readonly TimeProvider _clock;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly ConcurrentDictionary<string, (DateTimeOffset Read, ModelSchema? Schema)> _schemas = new(StringComparer.Ordinal);
    private (DateTimeOffset Read, IReadOnlyList<Model> Models)? _known;

    internal ModelCatalog(HttpPipeline http, TimeProvider clock) => (_http, _clock) = (http, clock);

    /// <summary>The catalog as it was last read; empty where it was not yet. Asks nobody.</summary>
    public IReadOnlyList<Model> Known => _known is var (_, models) ? models : [];

    /// <summary>All models, hidden ones too, in the service's own order.</summary>
    /// <param name="refresh">Ask again even if the last answer is fresh.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="AtlasCloudException">The catalog cannot be had.</exception>
    public async Task<IReadOnlyList<Model>> ListAsync(bool refresh = false, CancellationToken cancellationToken = default)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!refresh && _known is var (read, models) && _clock.GetUtcNow() - read < s_age)
            {
                return models;
            }

            Call call = new(HttpMethod.Get, _http.Media("models"), "the model catalog") { NeedsKey = false };
            HttpReply reply = await _http.SendAsync(call, cancellationToken).ConfigureAwait(false);
            JsonElement root = ReplyErrors.JsonOf(reply, call.What, _http.Key);
            JsonElement? items = root.ValueKind == JsonValueKind.Array ? root : root.FirstMember("data", "models");
            IReadOnlyList<Model> list =
            [
                .. items.Items().Select(Model.Read).OfType<Model>()
                    .OrderByDescending(m => m.Priority).ThenBy(m => m.Id, StringComparer.Ordinal),
            ];
            if (list.Count == 0)
            {
                throw new AtlasCloudException(AtlasCloudErrorKind.UnexpectedReply, "The model catalog came back without a single model.") { RequestId = reply.RequestId };
            }

            _known = (_clock.GetUtcNow(), list);
            return list;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>The one model that a name means.</summary>
    /// <exception cref="AtlasCloudException">ModelNotFound or ModelAmbiguous with the nearest names, or the catalog cannot be had.</exception>
    public async Task<Model> ResolveAsync(string name, CancellationToken cancellationToken = default) =>
        ModelNames.Resolve(name, await ListAsync(cancellationToken: cancellationToken).ConfigureAwait(false));

    /// <summary>The inputs of a model as they were last read; null where they were not yet. Asks nobody.</summary>
    internal ModelSchema? KnownSchema(Model model) => _schemas.TryGetValue(model.Id, out var known) ? known.Schema : null;

    /// <summary>The inputs of a model; null where none are published or they cannot be had.</summary>
    internal async Task<ModelSchema?> FindSchemaAsync(Model model, CancellationToken cancellationToken)
    {
        if (_schemas.TryGetValue(model.Id, out var known) && _clock.GetUtcNow() - known.Read < s_age)
        {
            return known.Schema;
        }

        Uri address = model.SchemaUri
            ?? new Uri($"https://static.atlascloud.ai/model/schema/{model.Id.Replace('/', '-')}.json");
        Call call = new(HttpMethod.Get, address, $"the inputs of {model.Id}") { NeedsKey = false };
        ModelSchema? schema = null;
        try
        {
            HttpReply reply = await _http.SendAsync(call, cancellationToken).ConfigureAwait(false);
            schema = reply.IsSuccessStatus && reply.Length <= LargestSchema && reply.Json is JsonElement document
                ? SchemaReader.Read(document, model.Id)
                : null;
            _schemas[model.Id] = (_clock.GetUtcNow(), schema);
        }
        catch (AtlasCloudException exception)
        {
            Diagnostics.Verbose($"The inputs of {model.Id} could not be read and are not checked: {exception.Message}");
            return null;
        }

        if (schema is null)
        {
            Diagnostics.Verbose($"{model.Id} publishes no list of its inputs: they are not checked before sending.");
        }

        return schema;
    }
}
