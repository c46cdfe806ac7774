using System.Security.Cryptography;
using System.Text;

namespace AtlasCloud.Emulation.Account;

/// <summary>One billed item.</summary>
internal sealed record BillingLine(DateTimeOffset Time, string Model, string ApiKeyId, decimal Amount, BilledUsage Usage)
{
    /// <summary>The public ID of the key that the emulator accepts.</summary>
    internal const string EmulatorKeyId = "ak_emulator0001";

    /// <summary>The public ID of a second key of the same account; used only in the generated history.</summary>
    internal const string OtherKeyId = "ak_emulator0002";

    internal DateOnly Date => DateOnly.FromDateTime(Time.UtcDateTime);

    /// <summary>The billing API's own ID of the model. As on the service, the tasks of a model family share one ID.</summary>
    internal string ModelId => IdOf(Model);

    internal static string IdOf(string model)
    {
        string[] parts = model.Split('/');
        string family = string.Join('/', parts.Take(2));
        return "ms-" + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(family)), 0, 6).ToLowerInvariant();
    }
}
