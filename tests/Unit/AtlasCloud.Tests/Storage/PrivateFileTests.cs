using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;
using AtlasCloud.Storage;

namespace AtlasCloud.Tests.Storage;

public sealed class PrivateFileTests : IDisposable
{
    private readonly string _folder = Path.Join(Path.GetTempPath(), $"atlascloud-{Guid.NewGuid():N}");

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Fact]
    public void Replace_writes_the_whole_file_and_leaves_no_temporary_file()
    {
        string path = Path.Join(_folder, "deep", "file.json");
        PrivateFile.Replace(path, "first, and longer"u8);
        PrivateFile.Replace(path, "second"u8);
        Assert.Equal("second", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public void Replace_creates_files_and_folders_that_only_their_owner_can_read()
    {
        string path = Path.Join(_folder, "deep", "file.json");
        PrivateFile.Replace(path, "text"u8);
        Assert.True(File.Exists(path));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder));
        }
    }

    [Fact]
    public void Replace_leaves_no_temporary_file_when_the_rename_fails()
    {
        string path = Path.Join(_folder, "taken");
        Directory.CreateDirectory(path);
        Assert.ThrowsAny<SystemException>(() => PrivateFile.Replace(path, "text"u8));
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void EnsureFolder_on_Windows_creates_a_folder_outside_the_profile_that_other_users_cannot_read()
    {
        Assert.SkipUnless(OperatingSystem.IsWindows(), "Other systems use the mode of the folder.");
        if (OperatingSystem.IsWindows())
        {
            AssertNewFolderIsPrivate(Path.Join(Path.GetPathRoot(Environment.SystemDirectory), $"atlascloud-{Guid.NewGuid():N}"));
        }
    }

    [SupportedOSPlatform("windows")]
    private static void AssertNewFolderIsPrivate(string outside)
    {
        try
        {
            PrivateFile.EnsureFolder(Path.Join(outside, "deep"));
            Assert.DoesNotContain(Readers(Path.Join(outside, "deep")), IsEverybody);
            Assert.DoesNotContain(Readers(outside), IsEverybody);
        }
        finally
        {
            Directory.Delete(outside, recursive: true);
        }
    }

    [SupportedOSPlatform("windows")]
    private static bool IsEverybody(SecurityIdentifier identity) => identity.IsWellKnown(WellKnownSidType.WorldSid)
        || identity.IsWellKnown(WellKnownSidType.BuiltinUsersSid) || identity.IsWellKnown(WellKnownSidType.AuthenticatedUserSid);

    [SupportedOSPlatform("windows")]
    private static IEnumerable<SecurityIdentifier> Readers(string folder) => new DirectoryInfo(folder).GetAccessControl()
        .GetAccessRules(includeExplicit: true, includeInherited: true, typeof(SecurityIdentifier))
        .Cast<FileSystemAccessRule>()
        .Where(rule => rule.AccessControlType == AccessControlType.Allow && (rule.FileSystemRights & FileSystemRights.ReadData) != 0)
        .Select(rule => (SecurityIdentifier)rule.IdentityReference);
}
