namespace AtlasCloud.Emulation.Routing;

/// <summary>Whose key a request contains.</summary>
/// <param name="Account">The number, from 1, of the account; null for none and for the management key.</param>
/// <param name="ApiKeyId">The public ID of a key that the management API created; null for other keys.</param>
/// <param name="IsManagement">Whether it is the management key, which cannot use models.</param>
internal sealed record Caller(int? Account, string? ApiKeyId = null, bool IsManagement = false)
{
    internal static Caller Unknown { get; } = new(null, null);
}
