using System.Management.Automation;
using AtlasCloud.PowerShell.Completers;
using AtlasCloud.PowerShell.Sessions;

namespace AtlasCloud.PowerShell.Pipeline;

/// <summary>A command that talks to the service.</summary>
public abstract class SessionCmdlet : AtlasCloudCmdlet
{
    private AtlasCloudClient? _client;

    /// <summary>Whom to talk to; the default of the runspace where it is left out.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SessionCompleter))]
    [ValidateNotNull]
    public Session? Session { get; set; }

    /// <summary>Whether the command can do nothing without a key.</summary>
    private protected virtual bool NeedsKey => true;

    private protected AtlasCloudClient Client => _client ?? throw new InvalidOperationException("A command used its client before BeginInput.");

    /// <inheritdoc/>
    protected override void BeginInput()
    {
        _client = (Session ?? DefaultSession.Current.Get()).Client;
        if (NeedsKey && !_client.Options.HasApiKey)
        {
            throw new AtlasCloudException(AtlasCloudErrorKind.NoSession, "There is no API key: no session was given or connected, and no environment variable holds one. Nothing was sent.");
        }
    }
}
