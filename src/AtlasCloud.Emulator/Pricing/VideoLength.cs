namespace AtlasCloud.Emulation.Pricing;

/// <summary>How long a video gets when nobody says.</summary>
internal static class VideoLength
{
    internal const decimal Default = 5m;
}
