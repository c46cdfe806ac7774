using System.Runtime.CompilerServices;
using System.Text.Json;
using AtlasCloud.Http;
using AtlasCloud.Json;
using AtlasCloud.Text;

namespace AtlasCloud.Predictions;

/// <summary>Reads the account's past tasks page by page. API reference, section 7.</summary>
internal sealed class HistoryReader(HttpPipeline http)
{
    private const int PageSize = 50;

    internal async IAsyncEnumerable<Prediction> ReadAsync(HistoryQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        for (int page = 1; ; page++)
        {
            string filter = string.Concat(FormatParameter("state", query.State is PredictionState state ? ToWireName(state) : null), FormatParameter("model", query.Model), FormatParameter("modelPrefix", query.ModelPrefix));
            ApiCall call = new(HttpMethod.Get, http.Media($"model/history?no={page}&size={PageSize}{filter}"), "the history") { MaxResponseBytes = HttpPipeline.MaxMediaResponseBytes };
            ApiResponse reply = await http.SendAsync(call, cancellationToken).ConfigureAwait(false);
            JsonElement data = ResponseEnvelope.Unwrap(ResponseErrors.JsonOf(reply, call.Description, http.Key));
            int added = 0;
            foreach (JsonElement item in data.Member("items").Items())
            {
                // New tasks push old ones to the next page during the read, and a service that ignores "no" repeats the first page.
                if (ReadItem(item) is Prediction prediction && seen.Add(prediction.Id))
                {
                    added++;
                    yield return prediction;
                }
            }

            if (added == 0 || seen.Count >= (data.Member("total")?.AsInteger() ?? long.MaxValue))
            {
                yield break;
            }
        }
    }

    private static string ToWireName(PredictionState state) => state switch
    {
        PredictionState.InFlight => "running",
        PredictionState.Succeeded => "succeeded",
        PredictionState.Failed => "failed",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Unknown state."),
    };

    /// <summary>Reads one item; null if it has no valid ID.</summary>
    internal static Prediction? ReadItem(JsonElement item)
    {
        JsonElement? result = item.Member("result");
        if (item.Text("ID", "id") is not string id || !PredictionId.IsValid(id))
        {
            return null;
        }

        Prediction prediction = (result is JsonElement { ValueKind: JsonValueKind.Object } known ? PredictionReader.Read(known, id) : null)
            ?? new Prediction { Id = id };
        string? status = item.Text("status");
        if (prediction.Status == "unknown" && status is not null)
        {
            prediction = prediction with { Status = SafeText.Sanitize(status, length: 60), State = PredictionReader.GetState(status) };
        }

        string? model = prediction.Model ?? item.Text("model");
        return prediction with
        {
            Model = model,
            Kind = prediction.Kind == ModelKind.Unknown ? ModelKinds.GuessFromId(model) : prediction.Kind,
            CreatedAt = prediction.CreatedAt ?? item.Member("createdAt")?.AsTime(),
            Request = ReadRequest(item.Member("requestBody")),
        };
    }

    private static System.Collections.Specialized.OrderedDictionary? ReadRequest(JsonElement? body)
    {
        try
        {
            return body switch
            {
                JsonElement { ValueKind: JsonValueKind.Object } given => JsonValues.ToDictionary(given, _ => true),
                JsonElement { ValueKind: JsonValueKind.String } text when text.AsText() is string json => ParseRequest(json),
                _ => null,
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static System.Collections.Specialized.OrderedDictionary ParseRequest(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return JsonValues.ToDictionary(document.RootElement, _ => true);
    }

    private static string FormatParameter(string name, string? value) => string.IsNullOrEmpty(value) ? "" : $"&{name}={Uri.EscapeDataString(value)}";
}
