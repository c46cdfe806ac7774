using AtlasCloud.Predictions;

namespace AtlasCloud.Outputs;

/// <summary>Selects the outputs of a prediction that are saved.</summary>
internal static class OutputSelection
{
    /// <summary>
    /// Returns the results; with <paramref name="all"/> also thumbnails, last frames and archives. The details of a transcript or of lyrics are added as JSON.
    /// </summary>
    internal static IReadOnlyList<Output> Select(Prediction prediction, bool all)
    {
        IEnumerable<Output> chosen = prediction.Outputs;
        if (!all)
        {
            Output[] results = [.. prediction.Outputs.Where(o => o.Role == OutputRole.Result || (o.Role == OutputRole.File && o.Kind == MediaKind.ThreeD))];
            chosen = results.Length > 0 ? results : prediction.Outputs;
        }

        List<Output> outputs = [.. chosen];
        foreach (string text in PredictionDetails.ReadTexts(prediction.AdditionalProperties))
        {
            outputs.Add(new Output { Value = text, Text = text, Kind = MediaKind.Text, ContentType = "application/json", Index = outputs.Count + 1, PredictionId = prediction.Id });
        }

        if (prediction.HasUnreadOutputs)
        {
            // Stands for what could not be read: it is reported, and the prediction does not count as saved.
            outputs.Add(new Output { Value = "", IsUnread = true, Index = outputs.Count + 1, PredictionId = prediction.Id });
        }

        return outputs;
    }
}
