using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing;

namespace AtlasCloud.Pictures;

/// <summary>A decoded picture.</summary>
public sealed class Picture : IDisposable
{
    private readonly Image<Rgba32> _image;

    private Picture(Image<Rgba32> image) => _image = image;

    /// <summary>The width in pixels.</summary>
    public int Width => _image.Width;

    /// <summary>The height in pixels.</summary>
    public int Height => _image.Height;

    /// <summary>Decodes the first frame of a PNG, JPEG, GIF, WebP or BMP file.</summary>
    /// <param name="file">The file, which must be seekable.</param>
    /// <exception cref="PictureException">It has another format, is damaged, or is too large.</exception>
    public static Picture Load(Stream file) => new(PictureDecoder.Decode(file));

    /// <summary>Returns the text that shows the picture, with a line break at the end. It contains no text of the file.</summary>
    /// <param name="protocol">How the terminal receives it.</param>
    /// <param name="area">What it may fill. A smaller picture is not enlarged.</param>
    public string Render(PictureProtocol protocol, PictureArea area)
    {
        (int width, int height) = protocol == PictureProtocol.Blocks
            ? area.Fit(Width, Height, 1, 2)
            : area.Fit(Width, Height, area.CellWidth, area.CellHeight);
        using Image<Rgba32> scaled = _image.Clone(c => c.Resize(width, height));
        return protocol switch
        {
            PictureProtocol.Kitty => KittyEncoder.Encode(scaled),
            PictureProtocol.ITerm2 => ITerm2Encoder.Encode(scaled),
            PictureProtocol.Sixel => SixelEncoder.Encode(scaled),
            _ => BlockEncoder.Encode(scaled),
        };
    }

    /// <inheritdoc/>
    public void Dispose() => _image.Dispose();
}
