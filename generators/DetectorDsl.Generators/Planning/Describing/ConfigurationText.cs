using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DetectorDsl.Generators.Models;

namespace DetectorDsl.Generators.Planning.Describing;

/// <summary>A declaration, resolved, as JSON: every value that training depends on, in a fixed order, so that equal experiments have equal text.</summary>
internal static class ConfigurationText
{
    public static string Of(DetectorSpec spec)
    {
        var json = new JsonText();
        json.Object([
            ("detector", () => json.Value(JsonText.Quoted(spec.FullName))),
            ("categories", () =>
                json.Values([.. spec.Categories?.Categories.Select(static category => JsonText.Quoted(category.Name)) ?? []])
            ),
            .. Members(json, spec.Slots),
        ]);
        return $"{json}\n";
    }

    public static string Hash(string configuration)
    {
        using var algorithm = SHA256.Create();
        return string.Concat(
            algorithm
                .ComputeHash(Encoding.UTF8.GetBytes(configuration))
                .Select(static value => value.ToString("x2", CultureInfo.InvariantCulture))
        );
    }

    private static IEnumerable<(string Name, Action Value)> Members(JsonText json, IEnumerable<PropertyValue> properties) =>
        properties.Select<PropertyValue, (string, Action)>(property => (property.Name, () => Write(json, property.Value)));

    private static void Write(JsonText json, Value value)
    {
        if (value is ComponentValue component)
        {
            json.Object([("kind", () => json.Value(JsonText.Quoted(component.TypeName))), .. Members(json, component.Properties)]);
        }
        else if (value is ListValue { Items: var items } && items.Any(static item => item is ComponentValue))
        {
            json.List(items.Select<Value, Action>(item => () => Write(json, item)));
        }
        else if (value is ListValue list)
        {
            json.Values([.. list.Items.Select(Scalar)]);
        }
        else
        {
            json.Value(Scalar(value));
        }
    }

    private static string Scalar(Value value) =>
        value switch
        {
            IntegerValue whole => JsonText.Number(whole.Number),
            RealValue real => JsonText.Number(real.Number),
            BooleanValue boolean => JsonText.Truth(boolean.Truth),
            TextValue words => JsonText.Quoted(words.Text),
            EnumValue choice => JsonText.Quoted(choice.Member),
            _ => "null",
        };
}
