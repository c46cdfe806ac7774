using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace AtlasCloud.Tests;

/// <summary>Which types of an assembly use which other types of it: in signatures, fields, base types, attributes and method bodies.</summary>
internal static class TypeReferences
{
    /// <summary>Returns pairs of top-level type names, the user first. Nested types count as their outermost type.</summary>
    internal static IReadOnlySet<(string From, string To)> Read(string assemblyPath)
    {
        Reader reader = new(assemblyPath);
        return reader.Read();
    }

    private sealed class Reader(string assemblyPath) : ISignatureTypeProvider<ImmutableArray<TypeDefinitionHandle>, object?>
    {
        private readonly HashSet<(string From, string To)> _found = [];
        private MetadataReader _metadata = null!;

        internal IReadOnlySet<(string From, string To)> Read()
        {
            using PEReader image = new(File.OpenRead(assemblyPath));
            _metadata = image.GetMetadataReader();
            foreach (TypeDefinitionHandle handle in _metadata.TypeDefinitions)
            {
                TypeDefinition type = _metadata.GetTypeDefinition(handle);
                Add(handle, Resolve(type.BaseType));
                foreach (InterfaceImplementationHandle contract in type.GetInterfaceImplementations())
                {
                    Add(handle, Resolve(_metadata.GetInterfaceImplementation(contract).Interface));
                }

                foreach (FieldDefinitionHandle field in type.GetFields())
                {
                    Add(handle, _metadata.GetFieldDefinition(field).DecodeSignature(this, null));
                }

                foreach (MethodDefinitionHandle method in type.GetMethods())
                {
                    AddMethod(handle, _metadata.GetMethodDefinition(method), image);
                }
            }

            return _found;
        }

        private void AddMethod(TypeDefinitionHandle owner, MethodDefinition method, PEReader image)
        {
            AddSignature(owner, method.DecodeSignature(this, null));
            if (method.RelativeVirtualAddress == 0)
            {
                return;
            }

            MethodBodyBlock body = image.GetMethodBody(method.RelativeVirtualAddress);
            if (!body.LocalSignature.IsNil)
            {
                foreach (ImmutableArray<TypeDefinitionHandle> local in _metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(this, null))
                {
                    Add(owner, local);
                }
            }

            foreach (EntityHandle token in InstructionTokens.Read(body.GetILBytes()!))
            {
                AddToken(owner, token);
            }
        }

        private void AddToken(TypeDefinitionHandle owner, EntityHandle token)
        {
            switch (token.Kind)
            {
                case HandleKind.MethodDefinition:
                    Add(owner, [_metadata.GetMethodDefinition((MethodDefinitionHandle)token).GetDeclaringType()]);
                    break;
                case HandleKind.FieldDefinition:
                    Add(owner, [_metadata.GetFieldDefinition((FieldDefinitionHandle)token).GetDeclaringType()]);
                    break;
                case HandleKind.MemberReference:
                    Add(owner, Resolve(_metadata.GetMemberReference((MemberReferenceHandle)token).Parent));
                    break;
                case HandleKind.MethodSpecification:
                    MethodSpecification specification = _metadata.GetMethodSpecification((MethodSpecificationHandle)token);
                    AddToken(owner, specification.Method);
                    foreach (ImmutableArray<TypeDefinitionHandle> argument in specification.DecodeSignature(this, null))
                    {
                        Add(owner, argument);
                    }

                    break;
                default:
                    Add(owner, Resolve(token));
                    break;
            }
        }

        private void AddSignature(TypeDefinitionHandle owner, MethodSignature<ImmutableArray<TypeDefinitionHandle>> signature)
        {
            Add(owner, signature.ReturnType);
            foreach (ImmutableArray<TypeDefinitionHandle> parameter in signature.ParameterTypes)
            {
                Add(owner, parameter);
            }
        }

        private void Add(TypeDefinitionHandle from, ImmutableArray<TypeDefinitionHandle> to)
        {
            foreach (TypeDefinitionHandle used in to)
            {
                (string user, string target) = (NameOf(from), NameOf(used));
                if (user != target)
                {
                    _found.Add((user, target));
                }
            }
        }

        private string NameOf(TypeDefinitionHandle handle)
        {
            TypeDefinition type = _metadata.GetTypeDefinition(handle);
            while (type.IsNested)
            {
                type = _metadata.GetTypeDefinition(type.GetDeclaringType());
            }

            string name = _metadata.GetString(type.Name).Split('`')[0];
            string space = _metadata.GetString(type.Namespace);
            return space.Length == 0 ? name : $"{space}.{name}";
        }

        private ImmutableArray<TypeDefinitionHandle> Resolve(EntityHandle handle) => handle.IsNil ? [] : handle.Kind switch
        {
            HandleKind.TypeDefinition => [(TypeDefinitionHandle)handle],
            HandleKind.TypeSpecification => _metadata.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(this, null),
            _ => [],
        };

        public ImmutableArray<TypeDefinitionHandle> GetArrayType(ImmutableArray<TypeDefinitionHandle> elementType, ArrayShape shape) => elementType;

        public ImmutableArray<TypeDefinitionHandle> GetByReferenceType(ImmutableArray<TypeDefinitionHandle> elementType) => elementType;

        public ImmutableArray<TypeDefinitionHandle> GetFunctionPointerType(MethodSignature<ImmutableArray<TypeDefinitionHandle>> signature) => [];

        public ImmutableArray<TypeDefinitionHandle> GetGenericInstantiation(
            ImmutableArray<TypeDefinitionHandle> genericType, ImmutableArray<ImmutableArray<TypeDefinitionHandle>> typeArguments) =>
            [.. genericType, .. typeArguments.SelectMany(a => a)];

        public ImmutableArray<TypeDefinitionHandle> GetGenericMethodParameter(object? genericContext, int index) => [];

        public ImmutableArray<TypeDefinitionHandle> GetGenericTypeParameter(object? genericContext, int index) => [];

        public ImmutableArray<TypeDefinitionHandle> GetModifiedType(
            ImmutableArray<TypeDefinitionHandle> modifier, ImmutableArray<TypeDefinitionHandle> unmodifiedType, bool isRequired) => unmodifiedType;

        public ImmutableArray<TypeDefinitionHandle> GetPinnedType(ImmutableArray<TypeDefinitionHandle> elementType) => elementType;

        public ImmutableArray<TypeDefinitionHandle> GetPointerType(ImmutableArray<TypeDefinitionHandle> elementType) => elementType;

        public ImmutableArray<TypeDefinitionHandle> GetPrimitiveType(PrimitiveTypeCode typeCode) => [];

        public ImmutableArray<TypeDefinitionHandle> GetSZArrayType(ImmutableArray<TypeDefinitionHandle> elementType) => elementType;

        public ImmutableArray<TypeDefinitionHandle> GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => [handle];

        public ImmutableArray<TypeDefinitionHandle> GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => [];

        public ImmutableArray<TypeDefinitionHandle> GetTypeFromSpecification(
            MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) => Resolve(handle);
    }
}
