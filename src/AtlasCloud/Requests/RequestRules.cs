using AtlasCloud.Http;
using AtlasCloud.Text;

namespace AtlasCloud.Requests;

/// <summary>What can be said about a request without knowing its model.</summary>
internal static class RequestRules
{
    private const int LongestLife = 336;

    /// <param name="request">The request.</param>
    /// <param name="isLocal">Whether it goes to an emulator on this machine, which can call webhooks here.</param>
    /// <exception cref="AtlasCloudException">InvalidParameter.</exception>
    internal static void Check(GenerationRequest request, bool isLocal)
    {
        if (string.IsNullOrWhiteSpace(request.Model))
        {
            throw Invalid("A model is needed.", "Give -Model; Get-AtlasModel lists the models.");
        }

        foreach (MediaSource source in request.AllMedia)
        {
            source.Check();
        }

        if (request.WebhookUri is Uri webhook && !WebhookAddress.IsReachable(webhook, isLocal))
        {
            throw Invalid($"'{SafeText.Sanitize(webhook.OriginalString, length: 100)}' cannot be reached by the service.", "A webhook address is public and begins with https://. An emulator also takes addresses of this machine.");
        }

        if (request.OutputExpiration is TimeSpan life && (life.TotalHours < 1 || life.TotalHours > LongestLife))
        {
            throw Invalid($"Outputs cannot live for {life.TotalHours:0.#} hours.", $"Give 1 to {LongestLife} hours.");
        }

        if (request.Count is < 1)
        {
            throw Invalid($"A count of {request.Count} makes no sense.", "Give 1 or more.");
        }
    }

    private static AtlasCloudException Invalid(string what, string action) =>
        new(AtlasCloudErrorKind.InvalidParameter, $"{what} Nothing was submitted.") { RecommendedAction = action };
}
