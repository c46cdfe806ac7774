namespace AtlasCloud.Gallery;

/// <summary>Creates links from the page to the results, which work wherever both are moved together.</summary>
internal static class RelativeLink
{
    /// <summary>Returns the link: relative, with every character escaped that has a meaning in an address; a file address if the drives differ.</summary>
    /// <param name="folder">The full path of the folder of the page.</param>
    /// <param name="path">The full path of the file.</param>
    internal static string Create(string folder, string path)
    {
        string relative = Path.GetRelativePath(folder, path);
        if (Path.IsPathRooted(relative))
        {
            return new Uri(relative).AbsoluteUri;
        }

        // On other systems than Windows, a backslash is part of a name.
        return string.Join('/', relative.Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar]).Select(Uri.EscapeDataString));
    }
}
