using System.Collections.Specialized;

namespace AtlasCloud;

/// <summary>Connects predictions with requests.</summary>
public static class PredictionExtensions
{
    /// <summary>Returns the request of a prediction, to send it again.</summary>
    /// <param name="prediction">The prediction.</param>
    /// <returns>The request; null if it is unknown, as for a prediction of another process of which only the ID is known.</returns>
    public static Request? ToRequest(this Prediction prediction)
    {
        if (prediction.Request is not OrderedDictionary body || (body["model"] as string ?? prediction.Model) is not { Length: > 0 } model)
        {
            return null;
        }

        OrderedDictionary inputs = new(StringComparer.OrdinalIgnoreCase);
        foreach (string name in body.Keys.Cast<object>().Select(k => k.ToString()!).Where(n => n is not ("model" or "webhook_url")))
        {
            inputs[name] = body[name];
        }

        return new Request
        {
            Model = model,
            Kind = prediction.Kind,
            Prompt = AtlasCloud.Request.FindPrompt(inputs),
            Label = prediction.Label,
            Inputs = inputs,
            Uploads = prediction.Uploads,
            Source = prediction.Id,
            PredictionId = prediction.Id,
            CreatedAt = prediction.CreatedAt,
            WebhookUri = Uri.TryCreate(body["webhook_url"] as string, UriKind.Absolute, out Uri? webhook) ? webhook : null,
            HadWebhook = body.Contains("webhook_url"),
        };
    }
}
