using System.Reflection;
using System.Runtime.Loader;

namespace AtlasCloud.PowerShell.Isolation;

/// <summary>
/// Isolates the library and its dependencies from the assemblies of other modules: everything in <c>dependencies/</c> is loaded into a private
/// context, so that other versions of the same assemblies in the process do no harm.
/// </summary>
internal sealed class DependencyContext : AssemblyLoadContext
{
    /// <summary>The folder of the private assemblies.</summary>
    internal static readonly string Folder =
        Path.Join(Path.GetDirectoryName(typeof(DependencyContext).Assembly.Location), "dependencies");

    /// <summary>The context.</summary>
    internal static readonly DependencyContext Instance = new();

    private DependencyContext()
        : base("AtlasCloud")
    {
    }

    /// <summary>Resolves the assemblies of this module for the default context. Third-party assemblies are not resolved, since other modules may request them.</summary>
    internal static Assembly? Resolve(AssemblyLoadContext context, AssemblyName name) =>
        name.Name switch
        {
            "AtlasCloud" or "AtlasCloud.Emulator" or "AtlasCloud.Pictures" => Instance.LoadFromAssemblyName(name),
            "AtlasCloud.Mcp" => McpContext.Instance.Value.LoadFromAssemblyName(name),
            _ => null,
        };

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        string path = Path.Join(Folder, assemblyName.Name + ".dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }
}
