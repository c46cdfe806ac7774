namespace AtlasCloud.PowerShell.Commands;

/// <summary>One registration: checks, registers, renames and waits.</summary>
internal sealed class AssetRegistration
{
    private readonly AssetResource _assets;
    private readonly MediaSource _source;
    private readonly MediaKind _kind;
    private readonly string? _name;
    private readonly bool _isUnattended;
    private readonly TimeSpan? _timeout;

    /// <param name="assets">The library.</param>
    /// <param name="source">What to register.</param>
    /// <param name="kind">Its type; null to detect it.</param>
    /// <param name="name">The name; null for none.</param>
    /// <param name="isUnattended">Whether not to wait for the check of the service.</param>
    /// <param name="timeout">How long to wait; null for the default of the library.</param>
    internal AssetRegistration(AssetResource assets, MediaSource source, string? kind, string? name, bool isUnattended, TimeSpan? timeout)
    {
        (_assets, _source, _name, _isUnattended, _timeout) = (assets, source, name, isUnattended, timeout);
        _kind = kind is null ? MediaKind.Unknown : Enum.Parse<MediaKind>(kind, ignoreCase: true);
    }

    /// <exception cref="AtlasCloudException">InvalidParameter: the library would not accept the source.</exception>
    internal void Check() => _assets.Check(_source, _kind);

    internal async Task<RegisteredAsset> RunAsync(Action<long, long?> progress, CancellationToken cancellationToken)
    {
        Asset asset = await _assets.RegisterAsync(_source, _kind, progress, cancellationToken).ConfigureAwait(false);
        try
        {
            if (_name is not null)
            {
                asset = await _assets.RenameAsync(asset.Id, _name, cancellationToken).ConfigureAwait(false);
            }

            return new RegisteredAsset(_isUnattended ? asset : await _assets.WaitAsync(asset, _timeout, cancellationToken).ConfigureAwait(false), null);
        }
        catch (AtlasCloudException exception)
        {
            return new RegisteredAsset(exception.Target as Asset ?? asset, exception);
        }
    }
}
