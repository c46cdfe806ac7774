using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using AtlasCloud.PowerShell.Isolation;

namespace AtlasCloud.PowerShell.Sessions;

/// <summary>The session that commands of a runspace use when none is given. It goes with the runspace, and its connections with it.</summary>
internal sealed class DefaultSession
{
    private static readonly ConditionalWeakTable<Runspace, DefaultSession> s_byRunspace = [];

    private Session? _connected;
    private Session? _fromEnvironment;
    private string? _environment;

    private DefaultSession() => ModuleLifetime.OnRemoved(Clear);

    /// <summary>That of the runspace which runs the command.</summary>
    internal static DefaultSession Current => s_byRunspace.GetValue(Runspace.DefaultRunspace, _ => new DefaultSession());

    /// <summary>What Connect-Atlas set; null where it did not.</summary>
    internal Session? Connected => _connected;

    /// <summary>Sets the session, or takes it away.</summary>
    internal void Set(Session? session)
    {
        Session? before = _connected;
        _connected = session;
        if (before != session)
        {
            before?.Client.Dispose();
        }
    }

    /// <summary>What commands use: what was connected, else what the environment says.</summary>
    internal Session Get()
    {
        if (_connected is not null)
        {
            return _connected;
        }

        // The environment may change between two commands; connections are kept while it does not.
        (string name, string key)? found = SessionKey.FromEnvironment();
        string? address = SessionKey.AddressFromEnvironment();
        string? cache = UserFolders.FromEnvironment().Cache;
        Uri service = SessionKey.BaseUri(address);
        string? journal = SessionFiles.JournalOf(service);
        string environment = $"{found?.name}={found?.key};{address};{cache};{journal}";
        if (_fromEnvironment is null || environment != _environment)
        {
            _fromEnvironment?.Client.Dispose();
            _fromEnvironment = new Session(
                new AtlasCloudOptions { ApiKey = found?.key, BaseUri = service, CacheFolder = cache, JournalPath = journal, UserAgent = SessionKey.UserAgent },
                found is null ? null : $"$env:{found.Value.name}");
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
