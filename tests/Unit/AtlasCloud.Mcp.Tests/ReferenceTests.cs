using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace AtlasCloud.Mcp.Tests;

/// <summary>What the server uses of other assemblies, from its metadata.</summary>
public sealed class ReferenceTests : IDisposable
{
    private readonly PEReader _file = new(File.OpenRead(typeof(AtlasMcpServer).Assembly.Location));

    public void Dispose() => _file.Dispose();

    [Fact]
    public void Server_uses_neither_PowerShell_nor_the_emulator() =>
        Assert.DoesNotContain(typeof(AtlasMcpServer).Assembly.GetReferencedAssemblies(), a => a.Name is "System.Management.Automation" or "AtlasCloud.PowerShell" or "AtlasCloud.Emulator");

    // The server and the library are loaded with different versions of these types.
    [Fact]
    public void Server_exchanges_no_JSON_types_with_the_library()
    {
        MetadataReader reader = _file.GetMetadataReader();
        TypeNames names = new();
        string[] signatures =
        [
            .. from handle in reader.MemberReferences
               let member = reader.GetMemberReference(handle)
               where member.Parent.Kind == HandleKind.TypeReference && IsOfLibrary(reader, (TypeReferenceHandle)member.Parent)
               select $"{names.GetTypeFromReference(reader, (TypeReferenceHandle)member.Parent, 0)}.{reader.GetString(member.Name)}: " + (member.GetKind() == MemberReferenceKind.Method
                   ? string.Join(", ", member.DecodeMethodSignature(names, null).ParameterTypes.Append(member.DecodeMethodSignature(names, null).ReturnType))
                   : member.DecodeFieldSignature(names, null)),
        ];

        Assert.True(signatures.Length > 100, $"Only {signatures.Length} members were found.");
        Assert.DoesNotContain(signatures, s => s.Contains("System.Text.Json", StringComparison.Ordinal) || s.Contains("Microsoft.Extensions", StringComparison.Ordinal));
    }

    private static bool IsOfLibrary(MetadataReader reader, TypeReferenceHandle handle)
    {
        EntityHandle scope = reader.GetTypeReference(handle).ResolutionScope;
        return scope.Kind == HandleKind.AssemblyReference && reader.GetString(reader.GetAssemblyReference((AssemblyReferenceHandle)scope).Name) == "AtlasCloud";
    }

    private sealed class TypeNames : ISignatureTypeProvider<string, object?>
    {
        public string GetArrayType(string elementType, ArrayShape shape) => elementType + "[,]";

        public string GetByReferenceType(string elementType) => elementType + "&";

        public string GetFunctionPointerType(MethodSignature<string> signature) => "*";

        public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) => $"{genericType}<{string.Join(", ", typeArguments)}>";

        public string GetGenericMethodParameter(object? genericContext, int index) => $"!!{index}";

        public string GetGenericTypeParameter(object? genericContext, int index) => $"!{index}";

        public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => unmodifiedType;

        public string GetPinnedType(string elementType) => elementType;

        public string GetPointerType(string elementType) => elementType + "*";

        public string GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode.ToString();

        public string GetSZArrayType(string elementType) => elementType + "[]";

        public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => reader.GetString(reader.GetTypeDefinition(handle).Name);

        public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) =>
            $"{reader.GetString(reader.GetTypeReference(handle).Namespace)}.{reader.GetString(reader.GetTypeReference(handle).Name)}";

        public string GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
            reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);
    }
}
