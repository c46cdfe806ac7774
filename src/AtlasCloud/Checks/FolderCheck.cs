using AtlasCloud.Storage;

namespace AtlasCloud.Checks;

/// <summary>Says whether files can be written where they have to be.</summary>
internal static class FolderCheck
{
    private const string Elsewhere = "Make the folder writable for this user, or set ATLASCLOUD_HOME to one that is.";

    /// <param name="name">The name of the check.</param>
    /// <param name="folder">The folder; null where the system names none.</param>
    /// <param name="isNeeded">Whether something is lost without it, and not only slower.</param>
    internal static SessionCheck Of(string name, string? folder, bool isNeeded)
    {
        string problem = isNeeded ? SessionCheck.Failed : SessionCheck.Warning;
        if (folder is null)
        {
            return new SessionCheck { Name = name, Status = problem, Detail = "the system names no folder for this user", Fix = "Set ATLASCLOUD_HOME to a folder." };
        }

        try
        {
            PrivateFile.EnsureFolder(folder);
            string probe = Path.Join(folder, $"check-{Guid.NewGuid():N}.tmp");
            try
            {
                using FileStream file = PrivateFile.Open(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None);
                file.WriteByte(0);
            }
            finally
            {
                File.Delete(probe);
            }

            return new SessionCheck { Name = name, Status = SessionCheck.Passed, Detail = $"{folder} can be written" };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            return new SessionCheck { Name = name, Status = problem, Detail = $"{folder} cannot be written: {exception.Message}", Fix = Elsewhere };
        }
    }
}
