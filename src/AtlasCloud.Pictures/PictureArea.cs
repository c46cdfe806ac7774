namespace AtlasCloud.Pictures;

/// <summary>The part of a terminal that a picture may fill.</summary>
/// <param name="Columns">The width in cells.</param>
/// <param name="Rows">The height in cells.</param>
/// <param name="CellWidth">The width of a cell in pixels.</param>
/// <param name="CellHeight">The height of a cell in pixels.</param>
public sealed record PictureArea(int Columns, int Rows, int CellWidth = 10, int CellHeight = 20)
{
    /// <summary>Returns the size in pixels of a picture that fills the area without being distorted or enlarged.</summary>
    /// <param name="width">The width of the picture.</param>
    /// <param name="height">The height of the picture.</param>
    /// <param name="pixelsPerColumn">The pixels of a cell, horizontally.</param>
    /// <param name="pixelsPerRow">The pixels of a cell, vertically.</param>
    internal (int Width, int Height) Fit(int width, int height, int pixelsPerColumn, int pixelsPerRow)
    {
        double scale = Math.Min(1, Math.Min((double)Columns * pixelsPerColumn / width, (double)Rows * pixelsPerRow / height));
        return (Math.Max(1, (int)Math.Round(width * scale)), Math.Max(1, (int)Math.Round(height * scale)));
    }
}
