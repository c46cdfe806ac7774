using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;

namespace AtlasCloud.Storage;

/// <summary>Creates folders on Windows that other users cannot read.</summary>
[SupportedOSPlatform("windows")]
internal static class OwnerFolder
{
    /// <summary>
    /// Creates the folder if it is missing. Below the user's profile it inherits the profile's access list, which names that user alone.
    /// Anywhere else it gets a list of its own, because every user can read a new folder below the root of a drive.
    /// </summary>
    internal static void Ensure(string path)
    {
        if (Directory.Exists(path))
        {
            return;
        }

        if (IsBelowProfile(path))
        {
            Directory.CreateDirectory(path);
            return;
        }

        using WindowsIdentity user = WindowsIdentity.GetCurrent();
        DirectorySecurity access = new();
        access.SetAccessRuleProtection(isProtected: true, preserveInheritance: false);
        Allow(access, user.User!);
        Allow(access, new SecurityIdentifier(WellKnownSidType.LocalSystemSid, null));
        Allow(access, new SecurityIdentifier(WellKnownSidType.BuiltinAdministratorsSid, null));
        access.CreateDirectory(path);
    }

    private static bool IsBelowProfile(string path)
    {
        string profile = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return profile.Length > 0
            && Path.GetFullPath(path).StartsWith(Path.TrimEndingDirectorySeparator(profile) + Path.DirectorySeparatorChar, StringComparison.OrdinalIgnoreCase);
    }

    private static void Allow(DirectorySecurity access, SecurityIdentifier identity) => access.AddAccessRule(new FileSystemAccessRule(
        identity, FileSystemRights.FullControl, InheritanceFlags.ContainerInherit | InheritanceFlags.ObjectInherit, PropagationFlags.None, AccessControlType.Allow));
}
