using System.Management.Automation;
using AtlasCloud.PowerShell.Binding;
using AtlasCloud.PowerShell.Pipeline;
using AtlasCloud.PowerShell.Transformations;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Verifies that the service signed a webhook delivery recently, and returns the prediction that it reports.</summary>
[Cmdlet(VerbsLifecycle.Confirm, "AtlasWebhook")]
[OutputType(typeof(Prediction))]
public sealed class ConfirmAtlasWebhookCommand : SessionCmdlet
{
    /// <summary>The headers of the delivery: a hashtable, or the headers object of a listener or a function host.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true, HelpMessage = "The headers of the delivery.")]
    [ValidateNotNull]
    public object Headers { get; set; } = "";

    // Function hosts provide both RawBody and a parsed Body. Binding prefers the name of a parameter to its aliases.

    /// <summary>The raw body, as text or bytes. A parsed body cannot be verified.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true, HelpMessage = "The raw body of the delivery, as text or as bytes.")]
    [Alias("Body")]
    [ValidateNotNull]
    public object RawBody { get; set; } = "";

    /// <summary>The maximum difference between the time of the delivery and now, in both directions. Default: 5 minutes.</summary>
    [Parameter]
    [Alias("ToleranceInterval")]
    [ValidateNotNull]
    [TimeSpanTransformation]
    public TimeSpan? MaximumAge { get; set; }

    /// <inheritdoc/>
    private protected override bool NeedsKey => false;

    /// <inheritdoc/>
    protected override void BeginInput()
    {
        TimeSpanGuard.RequirePositive(MaximumAge, nameof(MaximumAge));
        base.BeginInput();
    }

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        IReadOnlyList<KeyValuePair<string, string>> headers = WebhookInput.ReadHeaders(Headers);
        byte[] body = WebhookInput.ReadBody(RawBody);
        WriteObject(Run(stopping => Client.Webhooks.VerifyAsync(headers, body, MaximumAge, stopping)));
    }
}
