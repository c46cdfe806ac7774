using System.Reflection;
using System.Runtime.Loader;

namespace AtlasCloud.PowerShell.Isolation;

/// <summary>
/// Keeps the core and what it needs apart from the assemblies of other modules: all that lies in <c>dependencies/</c> is loaded
/// into one context of our own, so another version of the same library elsewhere in the session does not matter.
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

    /// <summary>Answers the default context when it cannot find what only we have. Libraries that others may ask for are not offered.</summary>
    internal static Assembly? Resolve(AssemblyLoadContext context, AssemblyName name) =>
        name.Name is "AtlasCloud" or "AtlasCloud.Emulator" ? s_instance.LoadFromAssemblyName(name) : null;

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        string path = Path.Join(s_folder, assemblyName.Name + ".dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }
}
