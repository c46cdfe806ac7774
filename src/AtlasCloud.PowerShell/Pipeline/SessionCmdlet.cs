using System.Management.Automation;
using AtlasCloud.PowerShell.Completers;
using AtlasCloud.PowerShell.Sessions;
using AtlasCloud.PowerShell.Transformations;

namespace AtlasCloud.PowerShell.Pipeline;

/// <summary>The base of the cmdlets that use a session.</summary>
public abstract class SessionCmdlet : AtlasCloudCmdlet
{
    private AtlasCloudClient? _client;

    /// <summary>The session to use. Default: the session of the runspace.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SessionCompleter))]
    [SessionTransformation]
    [ValidateNotNull]
    public Session? Session { get; set; }

    /// <summary>Whether the command requires an API key.</summary>
    private protected virtual bool NeedsKey => true;

    private protected AtlasCloudClient Client => _client ?? throw new InvalidOperationException("The client was used before BeginInput.");

    /// <inheritdoc/>
    protected override void BeginInput()
    {
        _client = (Session ?? DefaultSession.Current.Get()).Client;
        if (NeedsKey && !_client.Options.HasApiKey)
        {
            throw CmdletErrors.NoApiKey();
        }
    }
}
