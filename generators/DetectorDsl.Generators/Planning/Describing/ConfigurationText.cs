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
        var text = new StringBuilder();
        text.Append("{\n  \"detector\": ").Append(Quoted(spec.FullName)).Append(",\n  \"categories\": ");
        Categories(text, spec);
        foreach (var slot in spec.Slots)
        {
            text.Append(",\n  ").Append(Quoted(slot.Name)).Append(": ");
            Write(text, slot.Value, "  ");
        }

        return text.Append("\n}\n").ToString();
    }

    public static string Hash(string configuration)
    {
        using var algorithm = SHA256.Create();
        return string.Concat(algorithm.ComputeHash(Encoding.UTF8.GetBytes(configuration)).Select(static value => value.ToString("x2", CultureInfo.InvariantCulture)));
    }

    private static void Categories(StringBuilder text, DetectorSpec spec) =>
        text.Append('[').Append(string.Join(", ", spec.Categories?.Categories.Select(static category => Quoted(category.Name)) ?? [])).Append(']');

    private static void Write(StringBuilder text, Value value, string indent)
    {
        switch (value)
        {
            case ComponentValue component:
                text.Append("{ \"kind\": ").Append(Quoted(component.TypeName));
                foreach (var property in component.Properties)
                {
                    text.Append(",\n").Append(indent).Append("  ").Append(Quoted(property.Name)).Append(": ");
                    Write(text, property.Value, indent + "  ");
                }

                text.Append(" }");
                break;
            case ListValue list:
                text.Append('[');
                for (var i = 0; i < list.Items.Count; i++)
                {
                    text.Append(i == 0 ? "" : ", ");
                    Write(text, list.Items[i], indent + "  ");
                }

                text.Append(']');
                break;
            case IntegerValue whole:
                text.Append(whole.Number.ToString(CultureInfo.InvariantCulture));
                break;
            case RealValue real:
                text.Append(real.Number.ToString("R", CultureInfo.InvariantCulture));
                break;
            case BooleanValue boolean:
                text.Append(boolean.Truth ? "true" : "false");
                break;
            case TextValue words:
                text.Append(Quoted(words.Text));
                break;
            case EnumValue choice:
                text.Append(Quoted(choice.Member));
                break;
            default:
                text.Append("null");
                break;
        }
    }

    private static string Quoted(string value)
    {
        var text = new StringBuilder("\"");
        foreach (var character in value)
        {
            text.Append(character switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                < ' ' => "\\u" + ((int)character).ToString("x4", CultureInfo.InvariantCulture),
                _ => character.ToString(),
            });
        }

        return text.Append('"').ToString();
    }
}
