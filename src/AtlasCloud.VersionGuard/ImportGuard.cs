using System.Management.Automation;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.Loader;

namespace AtlasCloud.VersionGuard;

/// <summary>Rejects the import of a second version of the module into the same process, with an error that names both versions.</summary>
/// <remarks>
/// A process loads AtlasCloud.PowerShell.dll once and never unloads it. Without this class, the import of a second version fails with
/// "Assembly with same name is already loaded". No code of that second file ever runs, so the check is in an assembly of its own.
/// </remarks>
public sealed class ImportGuard : IModuleAssemblyInitializer
{
    private const string Guarded = "AtlasCloud.PowerShell";
    private static bool s_imported;

    /// <summary>Compares the loaded assembly of the cmdlets with the one to import. The engine calls this before it imports the cmdlets.</summary>
    /// <exception cref="RuntimeException">The process has loaded another version or another build.</exception>
    public void OnImport()
    {
        if (FindLoaded() is Assembly loaded && !IsSame(loaded, Path.Join(FindModuleFolder(), Guarded + ".dll")))
        {
            throw OtherVersionLoaded(loaded);
        }
    }

    private static Assembly? FindLoaded()
    {
        foreach (Assembly assembly in AssemblyLoadContext.Default.Assemblies)
        {
            if (assembly.FullName?.StartsWith(Guarded + ",", StringComparison.Ordinal) == true)
            {
                return assembly;
            }
        }

        return null;
    }

    /// <summary>Returns the folder that the engine imports from.</summary>
    private static string? FindModuleFolder()
    {
        // The engine has just loaded this assembly for the first import. For a later import from a copy of the module, .NET returns this one again.
        bool isFirst = !s_imported;
        s_imported = true;
        return (isFirst ? null : ReadModuleFolder()) ?? Path.GetDirectoryName(typeof(ImportGuard).Assembly.Location);
    }

    private static string? ReadModuleFolder()
    {
        // The engine imports nested modules in the session state of the module. While a pipeline is running, only a script can read it.
        foreach (PSObject? folder in ScriptBlock.Create("$ExecutionContext.SessionState.Module.ModuleBase").Invoke())
        {
            if (folder?.BaseObject is string path)
            {
                return path;
            }
        }

        return null;
    }

    /// <summary>Returns whether .NET returns the loaded assembly for the file instead of an error: it has the same path or is an identical copy.</summary>
    private static bool IsSame(Assembly loaded, string file)
    {
        if (loaded.Location == file)
        {
            return true;
        }

        try
        {
            using PEReader reader = new(File.OpenRead(file));
            MetadataReader metadata = reader.GetMetadataReader();
            return metadata.GetGuid(metadata.GetModuleDefinition().Mvid) == loaded.ManifestModule.ModuleVersionId;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or BadImageFormatException or InvalidOperationException)
        {
            // The engine reports a file that cannot be read.
            return true;
        }
    }

    private static RuntimeException OtherVersionLoaded(Assembly loaded)
    {
        string version = typeof(ImportGuard).Assembly.GetName().Version!.ToString(3);
        string message = $"AtlasCloud {version} cannot be imported because this process already loaded version "
            + $"{loaded.GetName().Version!.ToString(3)} from '{loaded.Location}', and .NET cannot unload it. Nothing was changed.";
        ErrorRecord record = new(new InvalidOperationException(message), "OtherVersionLoaded", ErrorCategory.ResourceUnavailable, loaded.Location)
        {
            ErrorDetails = new ErrorDetails(message)
            {
                RecommendedAction = $"Start a new PowerShell session and run: Import-Module AtlasCloud -RequiredVersion {version}",
            },
        };
        return new RuntimeException(message, null, record);
    }
}
