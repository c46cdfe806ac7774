using System.Security.Cryptography;
using System.Text;

namespace AtlasCloud.Emulation.Account;

/// <summary>Something that was charged, as the bill has it.</summary>
internal sealed record BillingLine(DateTimeOffset Time, string Model, string ApiKeyId, decimal Amount, BilledUsage Usage)
{
    /// <summary>The public id of the key that the emulator accepts.</summary>
    internal const string EmulatorKeyId = "ak_emulator0001";

    /// <summary>The public id of another key of the same account, which only the past knows.</summary>
    internal const string OtherKeyId = "ak_emulator0002";

    internal DateOnly Date => DateOnly.FromDateTime(Time.UtcDateTime);

    /// <summary>The bill's own id of the model. The tasks of a family share one, as they do on the service.</summary>
    internal string ModelId => IdOf(Model);

    internal static string IdOf(string model)
    {
        string[] parts = model.Split('/');
        string family = string.Join('/', parts.Take(2));
        return "ms-" + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(family)), 0, 6).ToLowerInvariant();
    }
}
