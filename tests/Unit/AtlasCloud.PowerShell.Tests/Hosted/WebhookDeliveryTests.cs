using System.Net;
using AtlasCloud.Emulation.Tests.Support;
using AtlasCloud.PowerShell.Binding;

namespace AtlasCloud.PowerShell.Tests.Hosted;

/// <summary>From the submit to the checked delivery: the core asks, the emulator delivers, the core checks.</summary>
public sealed class WebhookDeliveryTests
{
    [Fact]
    public async Task VerifyAsync_accepts_a_delivery_of_the_emulator()
    {
        using Receiver receiver = new();
        using Emulator emulator = Emulator.Start(new EmulatorOptions { TimeScale = 0 });
        using AtlasCloudClient client = new(new AtlasCloudOptions { ApiKey = emulator.ApiKey, BaseUri = emulator.BaseUri, LlmBaseUri = emulator.BaseUri });
        GenerationRequest request = new() { Model = "google/nano-banana-2/text-to-image", Prompt = "fog", WebhookUri = receiver.Address };

        Prediction submitted = await client.Predictions.CreateAsync(request, GenerationKind.Image);
        (WebHeaderCollection headers, byte[] body) = receiver.Take();
        Prediction reported = await client.Webhooks.VerifyAsync(WebhookInput.ReadHeaders(headers), body);

        Assert.Equal((submitted.Id, PredictionState.Succeeded), (reported.Id, reported.State));
        Assert.NotEmpty(reported.Outputs);
        Assert.False(emulator.Ledger.Single(e => e.Path.EndsWith("jwks.json", StringComparison.Ordinal)).AuthorizationPresent);
    }
}
