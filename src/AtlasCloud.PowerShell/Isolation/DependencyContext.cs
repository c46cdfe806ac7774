using System.Reflection;
using System.Runtime.Loader;

namespace AtlasCloud.PowerShell.Isolation;

/// <summary>
/// Isolates the library and its dependencies from the assemblies of other modules: everything in <c>dependencies/</c> is loaded into a private
/// context, so that other versions of the same assemblies in the process do no harm.
/// </summary>
internal sealed class DependencyContext : AssemblyLoadContext
{
    private static readonly string s_folder =
        Path.Join(Path.GetDirectoryName(typeof(DependencyContext).Assembly.Location), "dependencies");

    private static readonly DependencyContext s_instance = new();

    private DependencyContext()
        : base("AtlasCloud")
    {
    }

    /// <summary>Resolves the assemblies of this module for the default context. Third-party assemblies are not resolved, since other modules may request them.</summary>
    internal static Assembly? Resolve(AssemblyLoadContext context, AssemblyName name) =>
        name.Name is "AtlasCloud" or "AtlasCloud.Emulator" or "AtlasCloud.Pictures" ? s_instance.LoadFromAssemblyName(name) : null;

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        string path = Path.Join(s_folder, assemblyName.Name + ".dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }
}
