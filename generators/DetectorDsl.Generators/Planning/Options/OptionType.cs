using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.Options;

/// <summary>How the trainer offers the values of a property: their type in C#, and the method of <c>TrainerOptions</c> that makes the option.</summary>
internal sealed record OptionType(string Name, string Maker, Func<RangeInfo, string> Bounds)
{
    private static readonly Dictionary<string, (double Minimum, double Maximum)> WholeTypes = new(StringComparer.Ordinal)
    {
        ["byte"] = (byte.MinValue, byte.MaxValue),
        ["sbyte"] = (sbyte.MinValue, sbyte.MaxValue),
        ["short"] = (short.MinValue, short.MaxValue),
        ["ushort"] = (ushort.MinValue, ushort.MaxValue),
        ["int"] = (int.MinValue, int.MaxValue),
        ["uint"] = (uint.MinValue, uint.MaxValue),
        ["long"] = (long.MinValue, long.MaxValue),
        ["ulong"] = (ulong.MinValue, ulong.MaxValue),
    };

    /// <summary>The type of a property's option; null where a command line cannot give such a value.</summary>
    public static OptionType? Of(PropertyType type) =>
        type.Kind switch
        {
            PropertyKind.Integer when type.Name == "int" => new OptionType("int", "Integer", range => WholeBounds(range, type.Name)),
            PropertyKind.Integer => new OptionType(type.Name, $"Whole<{type.Name}>", range => WholeBounds(range, type.Name)),
            PropertyKind.Real when type.Name == "float" => new OptionType("float", "Single", SingleBounds),
            PropertyKind.Real => new OptionType("double", "Real", RealBounds),
            PropertyKind.Boolean => new OptionType("bool", "Truth", NoBounds),
            PropertyKind.Text => new OptionType("string", "Text", NoBounds),
            PropertyKind.Enum => new OptionType(CSharpLiteral.OfType(type.Name), "Choice", NoBounds),
            PropertyKind.List when type.Element is { Kind: PropertyKind.Real, Name: "double", IsNullable: false } => new OptionType(
                "ImmutableArray<double>",
                "Reals",
                RealBounds
            ),
            _ => null,
        };

    private static string NoBounds(RangeInfo range) => "";

    private static string RealBounds(RangeInfo range) => Between(range, CSharpLiteral.Of(range.Minimum), CSharpLiteral.Of(range.Maximum));

    private static string SingleBounds(RangeInfo range) =>
        Between(range, CSharpLiteral.Of((float)range.Minimum), CSharpLiteral.Of((float)range.Maximum));

    // A bound between two whole numbers, or beyond what the type holds, is the next one that it holds.
    private static string WholeBounds(RangeInfo range, string type)
    {
        var (least, most) = WholeTypes[type];
        var minimum = Math.Max(Math.Ceiling(range.Minimum), least);
        var maximum = Math.Min(Math.Floor(range.Maximum), most);
        var text = "";
        if (minimum > least)
        {
            text +=
                $", min: {CSharpLiteral.OfWhole(minimum)}{(range.MinimumIsExclusive && minimum.Equals(range.Minimum) ? ", minExclusive: true" : "")}";
        }

        if (maximum < most)
        {
            text +=
                $", max: {CSharpLiteral.OfWhole(maximum)}{(range.MaximumIsExclusive && maximum.Equals(range.Maximum) ? ", maxExclusive: true" : "")}";
        }

        return text;
    }

    private static string Between(RangeInfo range, string minimum, string maximum) =>
        $", min: {minimum}, max: {maximum}{(range.MinimumIsExclusive ? ", minExclusive: true" : "")}{(range.MaximumIsExclusive ? ", maxExclusive: true" : "")}";
}
