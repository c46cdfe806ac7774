using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Bmp;
using SixLabors.ImageSharp.Formats.Gif;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.Formats.Webp;
using SixLabors.ImageSharp.Memory;
using SixLabors.ImageSharp.Metadata;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing;

namespace AtlasCloud.Pictures;

/// <summary>Decodes files that are not trusted: few formats, the first frame only, and nothing before the size is checked.</summary>
internal static class PictureDecoder
{
    // 8K video has 33 megapixels. Each takes 4 bytes.
    private const long MaxPixels = 50_000_000;
    private const int MaxSide = 30_000;

    // The largest picture takes 200 MB.
    private const int MaxAllocation = 256;

    // No model generates larger pictures.
    private const long MaxLength = 256L * 1024 * 1024;

    private static readonly Configuration s_configuration = CreateConfiguration();

    /// <summary>Decodes a file, upright.</summary>
    /// <exception cref="PictureException">The file cannot be shown.</exception>
    internal static Image<Rgba32> Decode(Stream file)
    {
        if (file.Length > MaxLength)
        {
            throw new PictureException($"is larger than {MaxLength / 1024 / 1024} MB");
        }

        long start = file.Position;
        try
        {
            IImageInfo info = Image.Identify(s_configuration, file) ?? throw new PictureException("is not a PNG, JPEG, GIF, WebP or BMP image");
            if (info.Width is < 1 or > MaxSide || info.Height is < 1 or > MaxSide || (long)info.Width * info.Height > MaxPixels)
            {
                throw new PictureException($"has {info.Width} x {info.Height} pixels, and the limit is {MaxPixels / 1_000_000} megapixels and {MaxSide} per side");
            }

            file.Position = start;
            Image<Rgba32> image = Image.Load<Rgba32>(s_configuration, file);
            image.Mutate(c => c.AutoOrient());
            return image;
        }
        catch (Exception exception) when (exception is not (PictureException or IOException or OperationCanceledException))
        {
            // Of any type: a damaged file can make a decoder read past the end of its tables.
            throw new PictureException("is damaged or incomplete", exception);
        }
    }

    // Metadata is not read, because PNG files can contain it compressed, a thousand times smaller than it is in memory. The orientation of JPEG files is.
    private static Configuration CreateConfiguration()
    {
        Configuration configuration = new(
            new PngConfigurationModule(), new JpegConfigurationModule(), new GifConfigurationModule(), new WebpConfigurationModule(), new BmpConfigurationModule())
        {
            MemoryAllocator = MemoryAllocator.Create(new MemoryAllocatorOptions { AllocationLimitMegabytes = MaxAllocation, MaximumPoolSizeMegabytes = 16 }),
        };
        configuration.ImageFormatsManager.SetDecoder(PngFormat.Instance, new PngDecoder { IgnoreMetadata = true });
        configuration.ImageFormatsManager.SetDecoder(GifFormat.Instance, new GifDecoder { IgnoreMetadata = true, DecodingMode = FrameDecodingMode.First });
        configuration.ImageFormatsManager.SetDecoder(WebpFormat.Instance, new WebpDecoder { IgnoreMetadata = true });
        return configuration;
    }
}
