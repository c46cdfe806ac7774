namespace AtlasCloud.PowerShell.Sessions;

/// <summary>Checks whether files can be written to a folder of the user.</summary>
internal static class FolderCheck
{
    /// <param name="name">The name of the check.</param>
    /// <param name="folder">The folder; null if the system defines none.</param>
    /// <param name="isRequired">Whether data is lost without the folder. Otherwise commands are only slower.</param>
    internal static SessionCheck Create(string name, string? folder, bool isRequired)
    {
        string problem = isRequired ? SessionCheck.Failed : SessionCheck.Warning;
        if (folder is null)
        {
            return new SessionCheck { Name = name, Status = problem, Detail = "the system defines no folder for this user", Fix = "Set ATLASCLOUD_HOME to a folder." };
        }

        return UserFolders.FindWriteError(folder) is string error
            ? new SessionCheck
            {
                Name = name,
                Status = problem,
                Detail = $"{folder} is not writable: {error}",
                Fix = "Make the folder writable for this user, or set ATLASCLOUD_HOME to a folder that is.",
            }
            : new SessionCheck { Name = name, Status = SessionCheck.Passed, Detail = $"{folder} is writable" };
    }
}
