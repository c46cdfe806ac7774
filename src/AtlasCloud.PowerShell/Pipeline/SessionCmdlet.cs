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

    /// <summary>Whether the command requires an API key before it reads its input. Otherwise it can call <see cref="RequireKey"/> for an input that is valid.</summary>
    private protected virtual bool NeedsKey => true;

    /// <summary>Whether the session has no journal because the system defines no folder for it.</summary>
    private protected bool LacksJournalFolder { get; private set; }

    /// <summary>Measures the time between keys.</summary>
    private protected TimeProvider KeyboardClock { get; private set; } = TimeProvider.System;


    private protected AtlasCloudClient Client => _client ?? throw new InvalidOperationException("The client was used before BeginInput.");

    /// <inheritdoc/>
    protected override void BeginInput()
    {
        if (Session is null && DefaultSession.Current.Connected is null)
        {
            CommandDefaults.WarnIfInvalid(WriteWarning);
        }

        Session session = Session ?? DefaultSession.Current.Get();
        _client = session.Client;
        LacksJournalFolder = session.LacksJournalFolder;
        KeyboardClock = session.KeyboardClock;
        if (NeedsKey && !_client.Options.HasApiKey)
        {
            throw NoApiKey();
        }
    }

    /// <summary>The error of a command that needs a management key and has none.</summary>
    private protected AtlasCloudException NoManagementKey() => CmdletErrors.NoManagementKey((Session ?? DefaultSession.Current.Get()).ManagementKeySource);

    /// <summary>Takes part in the progress of the pipeline. To be called after <see cref="BeginInput"/>.</summary>
    private protected Batch JoinBatch(BatchStage stage)
    {
        Batch batch = JoinBatch(stage, Clock);
        batch.HasJournal = Client.Journal.Path is not null;
        return batch;
    }

    /// <summary>Fails without an API key.</summary>
    /// <param name="check">Fails without an API key too, but first with the errors of the input. Null if it has been checked.</param>
    /// <exception cref="AtlasCloudException">The error of the input, or NoSession.</exception>
    private protected void RequireKey(Func<CancellationToken, Task>? check = null)
    {
        if (Client.Options.HasApiKey)
        {
            return;
        }

        try
        {
            if (check is not null)
            {
                Run(check);
            }
        }
        catch (AtlasCloudException exception) when (exception.Kind is not (AtlasCloudErrorKind.InvalidParameter or AtlasCloudErrorKind.ModelNotFound or AtlasCloudErrorKind.ModelAmbiguous))
        {
            // The missing key is reported instead.
        }

        throw NoApiKey();
    }

    /// <summary>The error of a command that needs an API key and has none.</summary>
    private protected AtlasCloudException NoApiKey() => Session is not null || DefaultSession.Current.Connected is not null
        ? CmdletErrors.SessionWithoutKey(isSpecified: Session is not null)
        : CmdletErrors.NoApiKey(DefaultSession.IsConnectedElsewhere);
}
