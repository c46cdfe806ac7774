using System.Collections.Specialized;
using System.Security;
using System.Text.Json;
using AtlasCloud.Json;
using AtlasCloud.Management;

namespace AtlasCloud;

/// <summary>An API key of a project (API reference, section 24.4). The service returns its secret only once, when it creates the key.</summary>
public sealed record ApiKey
{
    // A SecureString holds at most 65,536 characters, and no key is nearly as long.
    private const int MaxSecretLength = 4096;

    private static readonly HashSet<string> s_known = new(StringComparer.Ordinal)
    {
        "object", "id", "name", ManagementNames.ProjectOfKey, "status", "allowance", "key", "request_id",
    };

    /// <summary>The public ID (ak_…), which is not a secret.</summary>
    public required string Id { get; init; }

    /// <summary>The name; null if the service does not say.</summary>
    public string? Name { get; init; }

    /// <summary>The ID of the project; null if the service does not say.</summary>
    public string? ProjectId { get; init; }

    /// <summary>active or disabled; other words of the service are kept.</summary>
    public string? Status { get; init; }

    /// <summary>What the key may spend; null if the service does not say.</summary>
    public KeyAllowance? Allowance { get; init; }

    /// <summary>The key itself (apikey-…), which cannot be read again; null except for a key that was just created.</summary>
    public SecureString? Secret { get; init; }

    /// <summary>Members that no property covers.</summary>
    public OrderedDictionary AdditionalProperties { get; init; } = new TextualDictionary();

    /// <summary>The name, or else the public ID.</summary>
    public override string ToString() => Name ?? Id;

    /// <summary>Reads a key without its secret; null if it has no ID.</summary>
    internal static ApiKey? Read(JsonElement item) => item.Text("id") is not string id ? null : new ApiKey
    {
        Id = id,
        Name = item.Text("name"),
        ProjectId = item.Text(ManagementNames.ProjectOfKey),
        Status = item.Text("status"),
        Allowance = KeyAllowance.Read(item.Member("allowance")),
        AdditionalProperties = JsonValues.ToDictionary(item, name => !s_known.Contains(name)),
    };

    /// <summary>Reads a key that was just created; null if its ID or its secret is missing, or if the secret cannot be one.</summary>
    internal static ApiKey? ReadCreated(JsonElement item)
    {
        if (Read(item) is not ApiKey key || item.Text("key") is not { Length: > 0 and <= MaxSecretLength } text)
        {
            return null;
        }

        SecureString secret = new();
        foreach (char c in text)
        {
            secret.AppendChar(c);
        }

        secret.MakeReadOnly();
        return key with { Secret = secret };
    }
}
