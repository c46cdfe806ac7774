using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;

namespace AtlasCloud.PowerShell.Tests.Support;

/// <summary>Reads from metadata what a type is made of, to tell whether loading it needs the core.</summary>
internal sealed class FieldScanner : ISignatureTypeProvider<FieldScanner.Shape, object?>
{
    /// <param name="IsStruct">Whether the field holds the value itself, so that its layout must be known.</param>
    /// <param name="NeedsCore">Whether a field of it cannot be laid out without the core.</param>
    /// <param name="MentionsCore">Whether it, or an argument of it, is of the core at all.</param>
    internal readonly record struct Shape(bool IsStruct, bool NeedsCore, bool MentionsCore);

    internal static bool IsOfCore(MetadataReader reader, TypeReferenceHandle handle)
    {
        EntityHandle scope = reader.GetTypeReference(handle).ResolutionScope;
        return scope.Kind switch
        {
            HandleKind.TypeReference => IsOfCore(reader, (TypeReferenceHandle)scope),
            HandleKind.AssemblyReference => reader.GetString(reader.GetAssemblyReference((AssemblyReferenceHandle)scope).Name)
                is "AtlasCloud" or "AtlasCloud.Emulator" or "AtlasCloud.Pictures" or "AtlasCloud.Mcp",
            _ => false,
        };
    }

    public Shape GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind)
    {
        bool isStruct = rawTypeKind == (byte)SignatureTypeKind.ValueType;
        bool isOfCore = IsOfCore(reader, handle);
        return new Shape(isStruct, isStruct && isOfCore, isOfCore);
    }

    public Shape GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind)
    {
        if (rawTypeKind != (byte)SignatureTypeKind.ValueType)
        {
            return default;
        }

        // A struct of ours is as good as its fields.
        bool needsCore = reader.GetTypeDefinition(handle).GetFields()
            .Select(reader.GetFieldDefinition)
            .Where(field => !field.Attributes.HasFlag(FieldAttributes.Static))
            .Any(field => field.DecodeSignature(this, null).NeedsCore);
        return new Shape(true, needsCore, needsCore);
    }

    public Shape GetGenericInstantiation(Shape genericType, ImmutableArray<Shape> typeArguments) =>
        genericType with
        {
            NeedsCore = genericType.NeedsCore || (genericType.IsStruct && typeArguments.Any(type => type.NeedsCore)),
            MentionsCore = genericType.MentionsCore || typeArguments.Any(type => type.MentionsCore),
        };

    public Shape GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    public Shape GetModifiedType(Shape modifier, Shape unmodifiedType, bool isRequired) => unmodifiedType;

    public Shape GetPinnedType(Shape elementType) => elementType;

    public Shape GetPrimitiveType(PrimitiveTypeCode typeCode) => default;

    public Shape GetArrayType(Shape elementType, ArrayShape shape) => default;

    public Shape GetSZArrayType(Shape elementType) => new(false, false, elementType.MentionsCore);

    public Shape GetByReferenceType(Shape elementType) => default;

    public Shape GetPointerType(Shape elementType) => default;

    public Shape GetFunctionPointerType(MethodSignature<Shape> signature) => default;

    public Shape GetGenericMethodParameter(object? genericContext, int index) => default;

    public Shape GetGenericTypeParameter(object? genericContext, int index) => default;
}
