using AtlasCloud.Storage;

namespace AtlasCloud.Outputs;

/// <summary>The files of one prediction that an earlier run saved in the folder. They are returned in place of a download if they have the names that this run asks for.</summary>
/// <param name="files">The files, each with the number of its output.</param>
internal sealed class EarlierFiles(IReadOnlyList<SavedFile> files)
{
    /// <summary>Finds the file of an output.</summary>
    /// <param name="output">The output.</param>
    /// <param name="names">The names that the template gives it.</param>
    /// <param name="isReserved">Whether another file of this run has a name.</param>
    /// <returns>The file; null if there is none of these names.</returns>
    internal SavedFile? Find(Output output, IEnumerable<string> names, Func<string, bool> isReserved)
    {
        string? role = DescribeRole(output);
        SavedFile[] own = [.. files.Where(f => f.Output == output.Index && f.Role == role)];
        return own.Length == 0 ? null : names.Select(n => FindNamed(own, n) ?? FindNumbered(own, n, isReserved)).FirstOrDefault(f => f is not null);
    }

    /// <summary>Returns the role of an output as that of a file.</summary>
    internal static string? DescribeRole(Output output) => output.Role == OutputRole.Result ? null : output.Role.ToString();

    private static SavedFile? FindNamed(SavedFile[] own, string name) => own.FirstOrDefault(f => IsNamed(f, name));

    // The name was taken when the file was saved, so that it got a number. If the name is free now, the output can be saved under it.
    private static SavedFile? FindNumbered(SavedFile[] own, string name, Func<string, bool> isReserved) => own.FirstOrDefault(f =>
        Path.GetFileNameWithoutExtension(f.Path) is string actual
        && actual.LastIndexOf('-') is int mark and > 0
        && int.TryParse(actual.AsSpan(mark + 1), out int number) && number >= 2
        && IsNamed(f, $"{name}-{number}")
        && (isReserved(name) || File.Exists(GetSibling(f, name))));

    private static bool IsNamed(SavedFile file, string name) => FilePaths.IsSame(file.Path, GetSibling(file, name));

    private static string GetSibling(SavedFile file, string name) => Path.Join(Path.GetDirectoryName(file.Path), name + Path.GetExtension(file.Path));
}
