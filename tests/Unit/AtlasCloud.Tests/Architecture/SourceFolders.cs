using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace AtlasCloud.Tests;

/// <summary>The folder of each type of an assembly, read from its symbols. Public types share a namespace, so the namespace does not tell.</summary>
internal static class SourceFolders
{
    // PortableCustomDebugInfoKinds.TypeDefinitionDocuments: the documents of types without code, such as enums and interfaces.
    private static readonly Guid s_typeDocuments = new("932E74BC-DBA9-4478-8D46-0F32A7BAB3D3");

    /// <summary>Maps the name of each top-level type, with its namespace, to its folder below the project; "" for the project folder itself.</summary>
    internal static IReadOnlyDictionary<string, string> Read(string assemblyPath, string projectFolder)
    {
        using PEReader image = new(File.OpenRead(assemblyPath));
        using MetadataReaderProvider symbols = image.ReadEmbeddedPortablePdbDebugDirectoryData(
            image.ReadDebugDirectory().Single(e => e.Type == DebugDirectoryEntryType.EmbeddedPortablePdb));
        MetadataReader metadata = image.GetMetadataReader();
        MetadataReader debug = symbols.GetMetadataReader();
        Dictionary<string, string> folders = new(StringComparer.Ordinal);
        foreach (TypeDefinitionHandle handle in metadata.TypeDefinitions)
        {
            TypeDefinition type = metadata.GetTypeDefinition(handle);
            if (type.IsNested || FindDocument(debug, type, handle) is not string document || FolderOf(document, projectFolder) is not string folder)
            {
                continue;
            }

            folders[NameOf(metadata, type)] = folder;
        }

        return folders;
    }

    private static string NameOf(MetadataReader metadata, TypeDefinition type)
    {
        string name = metadata.GetString(type.Name).Split('`')[0];
        string space = metadata.GetString(type.Namespace);
        return space.Length == 0 ? name : $"{space}.{name}";
    }

    private static string? FindDocument(MetadataReader debug, TypeDefinition type, TypeDefinitionHandle handle)
    {
        foreach (MethodDefinitionHandle method in type.GetMethods())
        {
            DocumentHandle document = debug.GetMethodDebugInformation(method.ToDebugInformationHandle()).Document;
            if (!document.IsNil && debug.GetString(debug.GetDocument(document).Name) is string path && !path.EndsWith(".g.cs", StringComparison.Ordinal))
            {
                return path;
            }
        }

        foreach (CustomDebugInformationHandle info in debug.GetCustomDebugInformation(handle))
        {
            CustomDebugInformation documents = debug.GetCustomDebugInformation(info);
            if (debug.GetGuid(documents.Kind) == s_typeDocuments)
            {
                BlobReader blob = debug.GetBlobReader(documents.Value);
                return debug.GetString(debug.GetDocument(MetadataTokens.DocumentHandle(blob.ReadCompressedInteger())).Name);
            }
        }

        return null;
    }

    private static string? FolderOf(string document, string projectFolder)
    {
        string[] parts = document.Split('/', '\\');
        int project = Array.LastIndexOf(parts, projectFolder);
        return project < 0 || parts.Contains("obj") ? null : string.Join('/', parts[(project + 1)..^1]);
    }
}
