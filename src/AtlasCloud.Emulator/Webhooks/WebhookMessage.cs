using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Predictions;
using AtlasCloud.Emulation.Scenarios;

namespace AtlasCloud.Emulation.Webhooks;

/// <summary>Creates and signs webhook requests with the test key whose public half the emulator publishes.</summary>
internal static class WebhookMessage
{
    private const string Prefix = "X-AtlasCloud-Webhook-";
    private const string KeyId = "atlas-webhook-2026-01";

    private static readonly Lazy<Ed25519Signer> s_signer = new(() => new Ed25519Signer([.. Enumerable.Range(0, 32).Select(i => (byte)i)]));
    private static readonly Lazy<Ed25519Signer> s_otherSigner = new(() => new Ed25519Signer([.. Enumerable.Range(1, 32).Select(i => (byte)i)]));

    internal static HttpRequestMessage Create(EmulatedTask task, JsonObject payload, string deliveryId, DateTimeOffset now)
    {
        TaskState state = task.StateAt(now);
        string type = $"{task.Model.Type.ToLowerInvariant()}.task.terminal";
        string error = state.Phase == TaskPhase.Failed ? PredictionWriter.ErrorMessage(task) : "";
        byte[] body = Encoding.UTF8.GetBytes(JsonText.Write(new JsonObject
        {
            ["session_id"] = task.Id,
            ["event_type"] = type,
            ["status"] = state.Phase == TaskPhase.Failed ? "ERROR" : "OK",
            ["payload"] = payload,
            ["error"] = error,
        }));

        ScenarioWebhookMode mode = task.Scenario.Webhook;
        DateTimeOffset time = mode == ScenarioWebhookMode.Stale ? now.AddHours(-1) : now;
        string timestamp = time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.ASCII.GetBytes(timestamp + "."), .. body];
        Ed25519Signer signer = mode is ScenarioWebhookMode.WrongSignature or ScenarioWebhookMode.UnknownKey ? s_otherSigner.Value : s_signer.Value;
        string signature = Convert.ToBase64String(signer.Sign(signed)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

        HttpRequestMessage message = new(HttpMethod.Post, task.WebhookUri) { Content = new ByteArrayContent(body) };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        message.Headers.Add(Prefix + "Id", deliveryId);
        message.Headers.Add(Prefix + "Timestamp", timestamp);
        if (mode is not (ScenarioWebhookMode.BareHeader or ScenarioWebhookMode.HmacOnly))
        {
            message.Headers.Add(Prefix + "Signature-Ed25519", signature);
        }

        message.Headers.Add(Prefix + "Key-Id", mode == ScenarioWebhookMode.UnknownKey ? "atlas-webhook-unknown" : KeyId);
        message.Headers.Add(Prefix + "Event", type);

        // The coverage of the older signature is undocumented, so clients must not rely on it; it only has the right length.
        string hmac = Convert.ToHexString(HMACSHA256.HashData("emulator"u8, signed)).ToLowerInvariant();
        message.Headers.Add(Prefix + "Signature", mode == ScenarioWebhookMode.BareHeader ? signature : hmac);
        return message;
    }
}
