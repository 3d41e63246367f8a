using DetectorDsl.Generators.Models;
using Microsoft.CodeAnalysis;

namespace DetectorDsl.Generators.Parsing;

/// <summary>Says what a property's type can hold.</summary>
internal static class PropertyTypeReader
{
    /// <summary>The type; null where a declaration cannot hold it.</summary>
    public static PropertyType? Read(ITypeSymbol type)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
        {
            return Read(nullable.TypeArguments[0]) is { } inner ? inner with { IsNullable = true } : null;
        }

        var isNullable = type.NullableAnnotation == NullableAnnotation.Annotated;
        if (Primitive(type.SpecialType) is { } primitive)
        {
            return new PropertyType(primitive.Kind, primitive.Name, isNullable);
        }
        if (type.TypeKind == TypeKind.Enum)
        {
            return new PropertyType(PropertyKind.Enum, type.FullMetadataName, IsNullable: false);
        }
        if (type.ListElement is { } element)
        {
            return Read(element) is { } item ? new PropertyType(PropertyKind.List, "", isNullable, item) : null;
        }
        return type.IsComponent ? new PropertyType(PropertyKind.Component, type.FullMetadataName, isNullable) : null;
    }

    private static (PropertyKind Kind, string Name)? Primitive(SpecialType type) =>
        type switch
        {
            SpecialType.System_Int32 => (PropertyKind.Integer, "int"),
            SpecialType.System_Int64 => (PropertyKind.Integer, "long"),
            SpecialType.System_Int16 => (PropertyKind.Integer, "short"),
            SpecialType.System_Byte => (PropertyKind.Integer, "byte"),
            SpecialType.System_SByte => (PropertyKind.Integer, "sbyte"),
            SpecialType.System_UInt16 => (PropertyKind.Integer, "ushort"),
            SpecialType.System_UInt32 => (PropertyKind.Integer, "uint"),
            SpecialType.System_UInt64 => (PropertyKind.Integer, "ulong"),
            SpecialType.System_Double => (PropertyKind.Real, "double"),
            SpecialType.System_Single => (PropertyKind.Real, "float"),
            SpecialType.System_Boolean => (PropertyKind.Boolean, "bool"),
            SpecialType.System_String => (PropertyKind.Text, "string"),
            _ => null,
        };
}
