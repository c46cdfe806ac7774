using System.Security.Cryptography;
using System.Text;

namespace AtlasCloud.Emulation.Rendering;

/// <summary>Creates random generators seeded by a text: the same prompt gives the same output on every machine.</summary>
internal static class SeededRandom
{
    internal static Random Create(string text) => new(BitConverter.ToInt32(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
}
