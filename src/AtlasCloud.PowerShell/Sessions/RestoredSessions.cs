using System.Management.Automation;
using AtlasCloud.PowerShell.Isolation;
using AtlasCloud.PowerShell.Pipeline;

namespace AtlasCloud.PowerShell.Sessions;

/// <summary>The sessions that were sent to this runspace from another process, such as that of <c>Start-Job</c>. Each has one client, and thus one budget.</summary>
internal sealed class RestoredSessions
{
    private static readonly PerRunspace<RestoredSessions> s_byRunspace = new(() => new RestoredSessions(), item => item.Clear());

    private readonly Dictionary<Guid, Session> _all = [];

    private RestoredSessions()
    {
    }

    /// <summary>The sessions of the runspace that executes the command.</summary>
    internal static RestoredSessions Current => s_byRunspace.Current;

    /// <summary>Returns the session that a deserialized object describes. The key is read again from where it came from, since it is never sent.</summary>
    /// <exception cref="AtlasCloudException">NoSession: the key cannot be read in this process.</exception>
    internal Session Get(PSObject item, CommandInvocationIntrinsics engine)
    {
        Guid id = Read<Guid>(item, nameof(Session.InstanceId)) ?? Guid.NewGuid();
        if (!_all.TryGetValue(id, out Session? session))
        {
            session = SessionWork.Current.Add(Restore(item, id, engine));
            _all.Add(id, session);
        }

        return session;
    }

    private static Session Restore(PSObject item, Guid id, CommandInvocationIntrinsics engine)
    {
        string? source = ReadText(item, nameof(Session.KeySource));
        string? secret = ReadText(item, nameof(Session.SecretName));
        string? vault = ReadText(item, nameof(Session.Vault));
        string? managementSource = ReadText(item, nameof(Session.ManagementKeySource));
        string? managementSecret = ReadText(item, nameof(Session.ManagementSecretName));
        AtlasCloudOptions defaults = new();
        AtlasCloudOptions options = new()
        {
            ApiKey = ReadKey(source, secret, vault, engine),
            ManagementKey = ReadManagementKey(managementSource, managementSecret, vault, engine),
            BaseUri = ReadUri(item, nameof(Session.BaseUri)) ?? defaults.BaseUri,
            LlmBaseUri = ReadUri(item, nameof(Session.LlmBaseUri)),
            AssetBaseUri = ReadUri(item, nameof(Session.AssetBaseUri)),
            PollInterval = Read<TimeSpan>(item, nameof(Session.PollInterval)),
            PollTimeout = Read<TimeSpan>(item, nameof(Session.PollTimeout)),
            RequestTimeout = Read<TimeSpan>(item, nameof(Session.RequestTimeout)) ?? defaults.RequestTimeout,
            MaximumRetryCount = Read<int>(item, nameof(Session.MaximumRetryCount)) ?? defaults.MaximumRetryCount,
            ThrottleLimit = Read<int>(item, nameof(Session.ThrottleLimit)) ?? defaults.ThrottleLimit,

            // Processes do not share a budget, so this one may spend what was left when the session was sent.
            Budget = Read<decimal>(item, nameof(Session.Remaining)) is decimal left ? Math.Max(left, 0) : null,
            CacheFolder = UserFolders.FromEnvironment().Cache,
            JournalPath = ReadText(item, nameof(Session.JournalPath)),
            RecordPrompts = Read<bool>(item, nameof(Session.JournalPrompt)) ?? false,
            Proxy = ReadUri(item, nameof(Session.Proxy)),
            UseDefaultProxyCredentials = Read<bool>(item, nameof(Session.ProxyUseDefaultCredentials)) ?? false,
            UserAgent = SessionKey.UserAgent,
        };
        return new Session(options, source)
        {
            InstanceId = id,
            SecretName = secret,
            Vault = vault,
            ManagementKeySource = managementSource,
            ManagementSecretName = managementSecret,
        };
    }

    private static string? ReadKey(string? source, string? secret, string? vault, CommandInvocationIntrinsics engine) => source switch
    {
        null => null,
        _ when secret is not null => new SecretVault(engine, vault).Read(nameof(Session.SecretName), secret),
        SessionKey.EmulatorSource => Emulator.DefaultApiKey,
        _ => SessionKey.FromSource(source) ?? throw CmdletErrors.KeyNotSent(source),
    };

    // Most jobs do not need this key, so only the commands that do fail without it.
    private static string? ReadManagementKey(string? source, string? secret, string? vault, CommandInvocationIntrinsics engine) => source switch
    {
        null => null,
        _ when secret is not null => new SecretVault(engine, vault).Read(nameof(Session.ManagementSecretName), secret),
        SessionKey.EmulatorSource => Emulator.DefaultManagementKey,
        SessionKey.ManagementSource => SessionKey.ManagementFromEnvironment(),
        _ => null,
    };

    private static T? Read<T>(PSObject item, string name)
        where T : struct => item.Properties[name]?.Value is T value ? value : null;

    private static string? ReadText(PSObject item, string name) => item.Properties[name]?.Value?.ToString() is { Length: > 0 } text ? text : null;

    private static Uri? ReadUri(PSObject item, string name) => Uri.TryCreate(ReadText(item, name), UriKind.Absolute, out Uri? uri) ? uri : null;

    private void Clear()
    {
        foreach (Session session in _all.Values)
        {
            session.Client.Dispose();
        }

        _all.Clear();
    }
}
