using System.Collections.Immutable;
using System.Globalization;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Primitives;
using Microsoft.CodeAnalysis;

namespace DetectorDsl.Generators.Parsing;

/// <summary>Reads what attributes say of a property: bounds, choices, lengths, whether it is an option of the trainer.</summary>
internal static class ConstraintReader
{
    public static PropertyInfo Read(ImmutableArray<AttributeData> attributes, string name, PropertyType type)
    {
        var info = new PropertyInfo(name, "", IsTrainerOption: false, Range: null) { Type = type };
        foreach (var attribute in attributes)
        {
            info = attribute.AttributeClass?.FullMetadataName switch
            {
                WellKnownNames.ArrangesLogitsAttribute => info with { ArrangesLogits = true },
                WellKnownNames.TrainerOptionAttribute => info with
                {
                    IsTrainerOption = true,
                    MayChange = attribute.Named<bool>("MayChange"),
                },
                WellKnownNames.AscendingAttribute => info with { IsAscending = true },
                WellKnownNames.AtMostAttribute => info with
                {
                    AtMost = attribute.ConstructorArguments is [{ Value: string other }] ? other : "",
                },
                WellKnownNames.RangeAttribute => info with { Range = ReadRange(attribute) },
                WellKnownNames.AllowedValuesAttribute => info with { AllowedValues = ReadAllowed(attribute) },
                WellKnownNames.LengthAttribute => info with { Length = ReadLength(attribute, minimumFirst: true) },
                WellKnownNames.MinLengthAttribute => info with { Length = ReadLength(attribute, minimumFirst: true) },
                WellKnownNames.MaxLengthAttribute => info with { Length = ReadLength(attribute, minimumFirst: false) },
                _ => info,
            };
        }

        return info;
    }

    private static RangeInfo? ReadRange(AttributeData attribute)
    {
        // (minimum, maximum) or (type, minimum, maximum), the latter as text.
        var bounds = attribute.ConstructorArguments;
        return bounds.Length >= 2 && Number(bounds[bounds.Length - 2]) is { } minimum && Number(bounds[bounds.Length - 1]) is { } maximum
            ? new RangeInfo(minimum, maximum, attribute.Named<bool>("MinimumIsExclusive"), attribute.Named<bool>("MaximumIsExclusive"))
            : null;
    }

    private static double? Number(TypedConstant bound) =>
        bound.Value switch
        {
            int number => number,
            double number => number,
            string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
            _ => null,
        };

    private static EquatableArray<string> ReadAllowed(AttributeData attribute) =>
        attribute.ConstructorArguments is [{ Kind: TypedConstantKind.Array, IsNull: false } values]
            ? values
                .Values.Select(value => ConstantReader.Read(value.Value, value.Type, Origin.OfType(""))?.Display ?? "")
                .ToEquatableArray()
            : [];

    private static LengthInfo? ReadLength(AttributeData attribute, bool minimumFirst) =>
        attribute.ConstructorArguments switch
        {
            [{ Value: int minimum }, { Value: int maximum }] => new LengthInfo(minimum, maximum),
            [{ Value: int bound }] => minimumFirst ? new LengthInfo(bound, int.MaxValue) : new LengthInfo(0, bound),
            _ => null,
        };
}
