using System.Management.Automation;
using AtlasCloud.PowerShell.Binding;
using AtlasCloud.PowerShell.Pipeline;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Checks that a webhook delivery was signed by the service and is new, and returns the prediction that it reports.</summary>
[Cmdlet(VerbsLifecycle.Confirm, "AtlasWebhook")]
[OutputType(typeof(Prediction))]
public sealed class ConfirmAtlasWebhookCommand : SessionCmdlet
{
    /// <summary>The headers of the delivery: a hashtable, or the headers object of a listener or of a function host.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true, HelpMessage = "The headers of the delivery.")]
    [ValidateNotNull]
    public object Headers { get; set; } = "";

    // Its name is the rule. It is also the property that a function host fills beside Body, which is parsed there: the name of a
    // parameter is looked for before its aliases.
    /// <summary>The body as it came, as text or as bytes. One that was parsed cannot be checked.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true, HelpMessage = "The raw body of the delivery, as text or as bytes.")]
    [Alias("Body")]
    [ValidateNotNull]
    public object RawBody { get; set; } = "";

    /// <summary>How far the time of the delivery may be from now, either way; five minutes where it is left out.</summary>
    [Parameter]
    [Alias("ToleranceInterval")]
    [ValidateNotNull]
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
        IReadOnlyList<KeyValuePair<string, string>> headers = WebhookInput.Headers(Headers);
        byte[] body = WebhookInput.Body(RawBody);
        WriteObject(Run(stopping => Client.Webhooks.VerifyAsync(headers, body, MaximumAge, stopping)));
    }
}
