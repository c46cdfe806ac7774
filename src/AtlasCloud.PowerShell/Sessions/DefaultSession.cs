using AtlasCloud.PowerShell.Isolation;

namespace AtlasCloud.PowerShell.Sessions;

/// <summary>The default session of a runspace. Its connections are closed with the runspace.</summary>
internal sealed class DefaultSession
{
    private static readonly PerRunspace<DefaultSession> s_byRunspace = new(() => new DefaultSession(), item => item.Clear());

    private Session? _connected;
    private Session? _fromEnvironment;
    private string? _environment;

    private DefaultSession()
    {
    }

    /// <summary>The default session of the runspace that executes the command.</summary>
    internal static DefaultSession Current => s_byRunspace.Current;

    /// <summary>Whether another runspace of this process is connected.</summary>
    internal static bool IsConnectedElsewhere => s_byRunspace.All.Any(other => other._connected is not null && other != Current);

    /// <summary>The session that Connect-Atlas set; null if there is none.</summary>
    internal Session? Connected => _connected;

    /// <summary>Sets the session; null removes it.</summary>
    internal void Set(Session? session)
    {
        Session? previous = _connected;
        _connected = session;
        if (previous != session)
        {
            previous?.Client.Dispose();
        }
    }

    /// <summary>Returns the connected session, or else one from the environment variables.</summary>
    internal Session Get()
    {
        if (_connected is not null)
        {
            return _connected;
        }

        // The session is reused until the environment changes.
        (string Name, string Key)? key = SessionKey.FromEnvironment();
        string? address = SessionKey.AddressFromEnvironment();
        string? cache = UserFolders.FromEnvironment().Cache;
        Uri service = SessionKey.ResolveBaseUri(address);
        string? journal = SessionFiles.FindJournal(service);
        string? management = SessionKey.ManagementFromEnvironment();
        int limit = CommandDefaults.TryGet().ThrottleLimit ?? new AtlasCloudOptions().ThrottleLimit;
        string environment = $"{key?.Name}={key?.Key};{management};{address};{cache};{journal};{limit}";
        if (_fromEnvironment is null || environment != _environment)
        {
            _fromEnvironment?.Client.Dispose();
            _fromEnvironment = new Session(
                new AtlasCloudOptions { ApiKey = key?.Key, ManagementKey = management, BaseUri = service, CacheFolder = cache, JournalPath = journal, ThrottleLimit = limit, UserAgent = SessionKey.UserAgent },
                key is null ? null : $"$env:{key.Value.Name}")
            {
                ManagementKeySource = management is null ? null : SessionKey.ManagementSource,
                LacksJournalFolder = journal is null,
            };
            _environment = environment;
        }

        return _fromEnvironment;
    }

    private void Clear()
    {
        Set(null);
        _fromEnvironment?.Client.Dispose();
        _fromEnvironment = null;
    }
}
