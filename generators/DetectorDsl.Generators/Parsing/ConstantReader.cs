using System.Globalization;
using DetectorDsl.Generators.Models;
using Microsoft.CodeAnalysis;

namespace DetectorDsl.Generators.Parsing;

/// <summary>Turns a compile-time constant of a type into a value.</summary>
internal static class ConstantReader
{
    /// <summary>The value; null where a declaration cannot hold it (a character, a decimal, a sum of enum members ...).</summary>
    public static Value? Read(object? constant, ITypeSymbol? type, Origin origin)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable && constant is not null)
        {
            type = nullable.TypeArguments[0];
        }
        if (type is INamedTypeSymbol { TypeKind: TypeKind.Enum } choice)
        {
            return MemberOf(choice, constant) is { } member ? new EnumValue(choice.FullMetadataName, member, origin) : null;
        }

        return constant switch
        {
            null => new NullValue(origin),
            bool truth => new BooleanValue(truth, origin),
            string text => new TextValue(text, origin),
            double number => new RealValue(number, origin),
            float number => new RealValue(number, origin),
            ulong number => number <= long.MaxValue ? new IntegerValue((long)number, origin) : null,
            int or long or short or byte or sbyte or ushort or uint => new IntegerValue(
                Convert.ToInt64(constant, CultureInfo.InvariantCulture),
                origin
            ),
            _ => null,
        };
    }

    /// <summary>Enum constants arrive as integers; the first member of that number is meant.</summary>
    private static string? MemberOf(INamedTypeSymbol type, object? constant)
    {
        foreach (var member in type.GetMembers())
        {
            if (member is IFieldSymbol { HasConstantValue: true } field && Equals(field.ConstantValue, constant))
            {
                return field.Name;
            }
        }

        return null;
    }
}
