using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Primitives;
using Microsoft.CodeAnalysis;

namespace DetectorDsl.Generators.Parsing;

/// <summary>Reads the feature maps that [OutputLevels] states.</summary>
internal static class OutputLevelsReader
{
    public static OutputLevelsInfo? Read(FoldContext context)
    {
        if (context.Type.Attribute(WellKnownNames.OutputLevelsAttribute) is not { } attribute)
        {
            return null;
        }
        return new OutputLevelsInfo(
            Numbers(attribute, "Channels"),
            Property(context, attribute, "ChannelsFrom", mayBeOne: true),
            Numbers(attribute, "Strides"),
            Property(context, attribute, "StridesFrom", mayBeOne: false)
        );
    }

    private static EquatableArray<int> Numbers(AttributeData attribute, string name)
    {
        foreach (var argument in attribute.NamedArguments)
        {
            if (argument.Key == name && argument.Value is { Kind: TypedConstantKind.Array, IsNull: false } numbers)
            {
                return numbers.Values.Select(number => number.Value is int value ? value : 0).ToEquatableArray();
            }
        }

        return [];
    }

    private static string? Property(FoldContext context, AttributeData attribute, string argument, bool mayBeOne)
    {
        if (attribute.Named<string>(argument) is not { } name)
        {
            return null;
        }

        var type = context.FindProperty(name, exactly: true)?.Type;
        var fault =
            type is null ? "does not exist"
            : type.ListElement?.SpecialType == SpecialType.System_Int32 || (mayBeOne && type.SpecialType == SpecialType.System_Int32) ? null
            : $"is of type {type.ToDisplayString()}. Name {(mayBeOne ? "an int or " : "")}a list of int.";
        if (fault is not null)
        {
            context.Report(
                Problems.OutputLevelsUnknownProperty(
                    Origin.OfMember(context.TypeName, Origin.Attribute("OutputLevels")),
                    context.Type.Name,
                    name,
                    fault
                )
            );
        }
        return fault is null ? name : null;
    }
}
