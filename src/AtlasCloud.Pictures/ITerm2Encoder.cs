using SixLabors.ImageSharp;

namespace AtlasCloud.Pictures;

/// <summary>Encodes for the inline images of iTerm2.</summary>
internal static class ITerm2Encoder
{
    internal static string Encode(Image image) =>
        FormattableString.Invariant($"\u001b]1337;File=inline=1;width={image.Width}px;height={image.Height}px;preserveAspectRatio=1:{PngData.Create(image)}\u0007\n");
}
