using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using AtlasCloud.PowerShell.Tests.Support;

namespace AtlasCloud.PowerShell.Tests.Plain;

/// <summary>
/// The engine loads every public type of the module before the private assemblies can be found. A public type that needs the
/// core to be loaded makes the whole import fail, so this is read from the metadata of the assembly.
/// </summary>
public sealed class IsolationTests : IDisposable
{
    private readonly PEReader _file = new(File.OpenRead(Path.Join(AppContext.BaseDirectory, "AtlasCloud.PowerShell.dll")));
    private readonly MetadataReader _metadata;

    public IsolationTests() => _metadata = _file.GetMetadataReader();

    private IEnumerable<TypeDefinition> PublicTypes =>
        _metadata.TypeDefinitions.Select(_metadata.GetTypeDefinition).Where(type =>
            (type.Attributes & TypeAttributes.VisibilityMask) is TypeAttributes.Public or TypeAttributes.NestedPublic);

    public void Dispose() => _file.Dispose();

    [Fact]
    public void No_public_type_derives_from_a_type_of_the_library() =>
        Assert.Empty(PublicTypes.Where(type => IsOfCore(type.BaseType)).Select(Name));

    [Fact]
    public void No_public_type_implements_a_type_of_the_library() =>
        Assert.Empty(PublicTypes
            .Where(type => type.GetInterfaceImplementations().Any(it => IsOfCore(_metadata.GetInterfaceImplementation(it).Interface)))
            .Select(Name));

    [Fact]
    public void No_public_type_has_a_field_of_a_struct_or_enum_of_the_library()
    {
        FieldScanner scanner = new();

        Assert.Empty(
            from type in PublicTypes
            from handle in type.GetFields()
            let field = _metadata.GetFieldDefinition(handle)
            where field.DecodeSignature(scanner, null).NeedsCore
            select $"{Name(type)}.{_metadata.GetString(field.Name)}");
    }

    // Only .NET for Windows loads these together with the type.
    [Fact]
    public void No_public_type_has_a_virtual_method_with_a_struct_or_enum_of_the_library()
    {
        FieldScanner scanner = new();

        Assert.Empty(
            from type in PublicTypes
            from handle in type.GetMethods()
            let method = _metadata.GetMethodDefinition(handle)
            where (method.Attributes & MethodAttributes.Virtual) != 0
            let signature = method.DecodeSignature(scanner, null)
            where signature.ReturnType.NeedsCore || signature.ParameterTypes.Any(p => p.NeedsCore)
            select $"{Name(type)}.{_metadata.GetString(method.Name)}");
    }

    [Fact]
    public void Only_the_engine_the_runtime_and_private_assemblies_are_referenced() =>
        Assert.All(
            _metadata.AssemblyReferences.Select(handle => _metadata.GetString(_metadata.GetAssemblyReference(handle).Name)),
            name => Assert.True(name is "System.Management.Automation" or "AtlasCloud" or "AtlasCloud.Emulator" or "AtlasCloud.Pictures" or "AtlasCloud.Mcp" || IsOfRuntime(name), name));

    private static bool IsOfRuntime(string name) =>
        File.Exists(Path.Join(Path.GetDirectoryName(typeof(object).Assembly.Location), name + ".dll"));

    private bool IsOfCore(EntityHandle handle) => handle.Kind switch
    {
        HandleKind.TypeReference => FieldScanner.IsOfCore(_metadata, (TypeReferenceHandle)handle),
        // A generic type is loaded with its arguments.
        HandleKind.TypeSpecification => _metadata.GetTypeSpecification((TypeSpecificationHandle)handle)
            .DecodeSignature(new FieldScanner(), null).MentionsCore,
        _ => false,
    };

    private string Name(TypeDefinition type) => $"{_metadata.GetString(type.Namespace)}.{_metadata.GetString(type.Name)}";
}
