using System.Security.Cryptography;
using System.Text;

namespace AtlasCloud.Emulation.Rendering;

/// <summary>Numbers that depend on nothing but a text: the same prompt looks the same on every machine.</summary>
internal static class SeededRandom
{
    internal static Random Create(string text) => new(BitConverter.ToInt32(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
}
