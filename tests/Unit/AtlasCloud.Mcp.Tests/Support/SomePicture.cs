namespace AtlasCloud.Mcp.Tests.Support;

/// <summary>A picture of one pixel.</summary>
internal static class SomePicture
{
    internal static byte[] Png { get; } =
        Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
}
