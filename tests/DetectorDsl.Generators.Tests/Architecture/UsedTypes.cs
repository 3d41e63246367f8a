using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace DetectorDsl.Generators.Tests.Architecture;

/// <summary>Which types of an assembly use which others of it, read from its metadata and code. What the compiler takes in, constants and names, leaves no trace.</summary>
internal sealed class UsedTypes : ISignatureTypeProvider<IEnumerable<TypeDefinitionHandle>, object?>
{
    private readonly MetadataReader metadata;
    private readonly PEReader file;

    private UsedTypes(PEReader file) => (this.file, metadata) = (file, file.GetMetadataReader());

    /// <summary>Reads an assembly.</summary>
    /// <param name="path">The file.</param>
    /// <returns>User and used, each as its namespace and the name of the outermost type.</returns>
    public static IReadOnlySet<((string Namespace, string Name) User, (string Namespace, string Name) Used)> In(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var reader = new UsedTypes(file);
        return reader
            .metadata.TypeDefinitions.SelectMany(
                type => reader.UsedBy(reader.metadata.GetTypeDefinition(type)),
                (type, used) => (reader.Outermost(type), reader.Outermost(used))
            )
            .Where(static pair => pair.Item1.Namespace.Length > 0 && pair.Item2.Namespace.Length > 0)
            .ToHashSet();
    }

    private (string Namespace, string Name) Outermost(TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        while (type.GetDeclaringType() is { IsNil: false } outer)
        {
            type = metadata.GetTypeDefinition(outer);
        }

        return (metadata.GetString(type.Namespace), metadata.GetString(type.Name));
    }

    private IEnumerable<TypeDefinitionHandle> UsedBy(TypeDefinition type) =>
        [
            .. Of(type.BaseType),
            .. type.GetInterfaceImplementations().SelectMany(item => Of(metadata.GetInterfaceImplementation(item).Interface)),
            .. type.GetFields().SelectMany(item => metadata.GetFieldDefinition(item).DecodeSignature(this, null)),
            .. type.GetProperties().SelectMany(item => Of(metadata.GetPropertyDefinition(item).DecodeSignature(this, null))),
            .. Constraints(type.GetGenericParameters()),
            .. Attributes(type.GetCustomAttributes()),
            .. type.GetMethods().SelectMany(item => UsedBy(metadata.GetMethodDefinition(item))),
        ];

    private IEnumerable<TypeDefinitionHandle> UsedBy(MethodDefinition method)
    {
        List<TypeDefinitionHandle> used =
        [
            .. Of(method.DecodeSignature(this, null)),
            .. Constraints(method.GetGenericParameters()),
            .. Attributes(method.GetCustomAttributes()),
        ];
        if (method.RelativeVirtualAddress != 0)
        {
            var body = file.GetMethodBody(method.RelativeVirtualAddress);
            used.AddRange(
                body.LocalSignature.IsNil
                    ? []
                    : metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(this, null).SelectMany(static item => item)
            );
            used.AddRange(body.ExceptionRegions.SelectMany(region => Of(region.CatchType)));
            used.AddRange(CodeTokens.In(body.GetILReader()).SelectMany(Of));
        }

        return used;
    }

    private IEnumerable<TypeDefinitionHandle> Constraints(GenericParameterHandleCollection parameters) =>
        parameters
            .SelectMany(item => metadata.GetGenericParameter(item).GetConstraints())
            .SelectMany(item => Of(metadata.GetGenericParameterConstraint(item).Type));

    private IEnumerable<TypeDefinitionHandle> Attributes(CustomAttributeHandleCollection attributes) =>
        attributes.SelectMany(item => Of(metadata.GetCustomAttribute(item).Constructor));

    private static IEnumerable<TypeDefinitionHandle> Of(MethodSignature<IEnumerable<TypeDefinitionHandle>> signature) =>
        signature.ParameterTypes.Prepend(signature.ReturnType).SelectMany(static item => item);

    private IEnumerable<TypeDefinitionHandle> Of(EntityHandle handle) =>
        handle.IsNil
            ? []
            : handle.Kind switch
            {
                HandleKind.TypeDefinition => [(TypeDefinitionHandle)handle],
                HandleKind.TypeSpecification => metadata.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(this, null),
                HandleKind.MethodDefinition => [metadata.GetMethodDefinition((MethodDefinitionHandle)handle).GetDeclaringType()],
                HandleKind.FieldDefinition => [metadata.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType()],
                HandleKind.MemberReference => Of(metadata.GetMemberReference((MemberReferenceHandle)handle).Parent),
                HandleKind.MethodSpecification => Of(metadata.GetMethodSpecification((MethodSpecificationHandle)handle)),
                _ => [],
            };

    private IEnumerable<TypeDefinitionHandle> Of(MethodSpecification method) =>
        Of(method.Method).Concat(method.DecodeSignature(this, null).SelectMany(static item => item));

    public IEnumerable<TypeDefinitionHandle> GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte kind) =>
        [handle];

    public IEnumerable<TypeDefinitionHandle> GetTypeFromSpecification(
        MetadataReader reader,
        object? context,
        TypeSpecificationHandle handle,
        byte kind
    ) => Of(handle);

    public IEnumerable<TypeDefinitionHandle> GetGenericInstantiation(
        IEnumerable<TypeDefinitionHandle> type,
        ImmutableArray<IEnumerable<TypeDefinitionHandle>> arguments
    ) => [.. type, .. arguments.SelectMany(static item => item)];

    public IEnumerable<TypeDefinitionHandle> GetFunctionPointerType(MethodSignature<IEnumerable<TypeDefinitionHandle>> signature) =>
        Of(signature);

    public IEnumerable<TypeDefinitionHandle> GetModifiedType(
        IEnumerable<TypeDefinitionHandle> modifier,
        IEnumerable<TypeDefinitionHandle> type,
        bool isRequired
    ) => type;

    public IEnumerable<TypeDefinitionHandle> GetArrayType(IEnumerable<TypeDefinitionHandle> element, ArrayShape shape) => element;

    public IEnumerable<TypeDefinitionHandle> GetSZArrayType(IEnumerable<TypeDefinitionHandle> element) => element;

    public IEnumerable<TypeDefinitionHandle> GetByReferenceType(IEnumerable<TypeDefinitionHandle> element) => element;

    public IEnumerable<TypeDefinitionHandle> GetPointerType(IEnumerable<TypeDefinitionHandle> element) => element;

    public IEnumerable<TypeDefinitionHandle> GetPinnedType(IEnumerable<TypeDefinitionHandle> element) => element;

    public IEnumerable<TypeDefinitionHandle> GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte kind) => [];

    public IEnumerable<TypeDefinitionHandle> GetPrimitiveType(PrimitiveTypeCode code) => [];

    public IEnumerable<TypeDefinitionHandle> GetGenericMethodParameter(object? context, int index) => [];

    public IEnumerable<TypeDefinitionHandle> GetGenericTypeParameter(object? context, int index) => [];
}
