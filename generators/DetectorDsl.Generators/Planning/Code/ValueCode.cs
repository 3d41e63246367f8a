using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.Code;

/// <summary>Folded values as C# text.</summary>
internal static class ValueCode
{
    public static string Of(Value value) =>
        value switch
        {
            IntegerValue whole => CSharpLiteral.OfWhole(whole.Number),
            RealValue real => CSharpLiteral.Of(real.Number),
            BooleanValue boolean => CSharpLiteral.Of(boolean.Truth),
            TextValue text => CSharpLiteral.Of(text.Text),
            EnumValue choice => CSharpLiteral.OfEnum(choice.TypeName, choice.Member),
            ListValue list => $"[{string.Join(", ", list.Items.Select(Of))}]",
            _ => "null",
        };

    /// <summary>A value of a property; one of single precision is written as such.</summary>
    public static string Of(Value value, PropertyType type) =>
        value switch
        {
            RealValue real when type.Name == "float" => CSharpLiteral.Of((float)real.Number),
            ListValue list when type.Element is { } element => $"[{string.Join(", ", list.Items.Select(item => Of(item, element)))}]",
            _ => Of(value),
        };

    public static string Numbers(IEnumerable<int> numbers) => $"[{string.Join(", ", numbers.Select(CSharpLiteral.Of))}]";

    public static string Named(string name, Value value) => $"{name}: {Of(value)}";
}
