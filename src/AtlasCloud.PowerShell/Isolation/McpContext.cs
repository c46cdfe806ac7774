using System.Reflection;
using System.Runtime.Loader;

namespace AtlasCloud.PowerShell.Isolation;

/// <summary>
/// A second private context, for the MCP server: its packages need newer versions of the .NET libraries than PowerShell has. Only the command that starts the
/// server uses it. The library is shared with the other commands.
/// </summary>
internal sealed class McpContext : AssemblyLoadContext
{
    /// <summary>The context, created on first use.</summary>
    internal static readonly Lazy<McpContext> Instance = new(() => new McpContext());

    private static readonly string s_folder = Path.Join(DependencyContext.Folder, "mcp");

    private McpContext()
        : base("AtlasCloud.Mcp")
    {
    }

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        string path = Path.Join(s_folder, assemblyName.Name + ".dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path)
            : File.Exists(Path.Join(DependencyContext.Folder, assemblyName.Name + ".dll")) ? DependencyContext.Instance.LoadFromAssemblyName(assemblyName)
            : null;
    }
}
