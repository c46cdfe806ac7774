namespace AtlasCloud.Emulation.Assets;

/// <summary>The assets of all accounts, each in the order of registration.</summary>
internal sealed class AssetStore
{
    private readonly object _lock = new();
    private readonly List<EmulatedAsset> _assets = [];

    internal EmulatedAsset Add(int? account, string kind, DateTimeOffset readyAt, string? problem)
    {
        lock (_lock)
        {
            EmulatedAsset asset = new("ast_" + Guid.NewGuid().ToString("N")[..12], _assets.Count + 1, account, kind, readyAt, problem);
            _assets.Add(asset);
            return asset;
        }
    }

    /// <summary>The assets of an account that are not in the trash.</summary>
    internal IReadOnlyList<EmulatedAsset> List(int? account)
    {
        lock (_lock)
        {
            return [.. _assets.Where(a => a.Account == account && !a.IsDeleted)];
        }
    }

    /// <summary>The asset of an account, in the trash or not; null if there is none.</summary>
    internal EmulatedAsset? Find(int? account, string id, bool isDeleted)
    {
        lock (_lock)
        {
            return _assets.FirstOrDefault(a => a.Account == account && a.Id == id && a.IsDeleted == isDeleted);
        }
    }

    internal EmulatedAsset Replace(EmulatedAsset asset)
    {
        lock (_lock)
        {
            _assets[asset.Number - 1] = asset;
            return asset;
        }
    }
}
