using System.Globalization;
using AtlasCloud.Http;
using AtlasCloud.Text;

namespace AtlasCloud.Requests;

/// <summary>Rules for requests that hold for all models.</summary>
internal static class RequestRules
{
    // API reference, section 4.4.
    private const int MaxOutputHours = 336;

    /// <param name="request">The request.</param>
    /// <param name="isLocal">Whether it goes to an emulator on this machine, which can deliver webhooks to this machine.</param>
    /// <exception cref="AtlasCloudException">InvalidParameter.</exception>
    internal static void Check(GenerationRequest request, bool isLocal)
    {
        if (string.IsNullOrWhiteSpace(request.Model))
        {
            throw RequestErrors.Invalid(AtlasCloudErrorReason.ModelRequired, nameof(request.Model), null, "A model is required.");
        }

        foreach (MediaSource source in request.AllMedia)
        {
            source.EnsureReadable();
        }

        if (request.WebhookUri is Uri webhook && !WebhookAddress.IsReachable(webhook, isLocal))
        {
            string shown = SafeText.Sanitize(webhook.OriginalString, length: 100);
            throw RequestErrors.Invalid(
                AtlasCloudErrorReason.WebhookUriNotReachable, nameof(request.WebhookUri), shown, $"The service cannot reach the webhook URL '{shown}': it must be https and public.");
        }

        if (request.WebhookUri?.AbsoluteUri.Length > WebhookAddress.MaxLength)
        {
            int length = request.WebhookUri.AbsoluteUri.Length;
            throw RequestErrors.Invalid(
                AtlasCloudErrorReason.WebhookUriNotReachable,
                nameof(request.WebhookUri),
                length.ToString(CultureInfo.InvariantCulture),
                $"The webhook URL has {length} characters; the service accepts at most {WebhookAddress.MaxLength}.");
        }

        if (request.OutputExpiration is TimeSpan lifetime && (lifetime.TotalHours < 1 || lifetime.TotalHours > MaxOutputHours))
        {
            string hours = lifetime.TotalHours.ToString("0.##", CultureInfo.InvariantCulture);
            throw RequestErrors.Invalid(
                AtlasCloudErrorReason.OutputExpirationOutOfRange,
                nameof(request.OutputExpiration),
                hours,
                $"The output expiration must be between 1 and {MaxOutputHours} hours, not {hours}.");
        }

        if (request.Count is < 1)
        {
            throw RequestErrors.Invalid(
                AtlasCloudErrorReason.CountOutOfRange,
                nameof(request.Count),
                request.Count.Value.ToString(CultureInfo.InvariantCulture),
                $"The count must be at least 1, not {request.Count}.");
        }
    }
}
