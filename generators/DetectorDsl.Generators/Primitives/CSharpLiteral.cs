using System.Globalization;
using Microsoft.CodeAnalysis.CSharp;

namespace DetectorDsl.Generators.Primitives;

/// <summary>Values as C# source text. The one place that writes them, so that no culture, precision or escape differs between templates.</summary>
internal static class CSharpLiteral
{
    public static string Of(bool value) => value ? "true" : "false";

    public static string Of(int value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Of(long value) => value.ToString(CultureInfo.InvariantCulture) + "L";

    /// <summary>A whole number without a suffix, for a place whose type is stated.</summary>
    public static string OfWhole(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>The same of a number that is whole.</summary>
    public static string OfWhole(double value) => value < 0 ? OfWhole((long)value) : ((ulong)value).ToString(CultureInfo.InvariantCulture);

    /// <summary>The shortest text that reads back as the same number, with a point or an exponent, so that it is never taken for an integer.</summary>
    public static string Of(double value)
    {
        if (double.IsNaN(value))
        {
            return "double.NaN";
        }
        if (double.IsInfinity(value))
        {
            return value > 0 ? "double.PositiveInfinity" : "double.NegativeInfinity";
        }
        // The sign of a zero is lost in the text that the .NET Framework writes.
        if (value == 0)
        {
            return BitConverter.DoubleToInt64Bits(value) < 0 ? "-0.0" : "0.0";
        }

        // There, too, "R" is not always exact.
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        if (!double.Parse(text, CultureInfo.InvariantCulture).Equals(value))
        {
            text = value.ToString("G17", CultureInfo.InvariantCulture);
        }
        return text.IndexOfAny(['.', 'E']) < 0 ? text + ".0" : text;
    }

    public static string Of(float value)
    {
        if (float.IsNaN(value))
        {
            return "float.NaN";
        }
        if (float.IsInfinity(value))
        {
            return value > 0 ? "float.PositiveInfinity" : "float.NegativeInfinity";
        }
        if (value == 0)
        {
            return 1 / value < 0 ? "-0f" : "0f";
        }

        var text = value.ToString("R", CultureInfo.InvariantCulture);
        if (!float.Parse(text, CultureInfo.InvariantCulture).Equals(value))
        {
            text = value.ToString("G9", CultureInfo.InvariantCulture);
        }
        return text + "f";
    }

    /// <summary>A quoted text, or <c>null</c>.</summary>
    public static string Of(string? value) => value is null ? "null" : SymbolDisplay.FormatLiteral(value, quote: true);

    /// <summary>A text of several lines as it is, without escapes; line ends are line feeds.</summary>
    public static string OfLines(string value)
    {
        var (longest, run) = (0, 0);
        foreach (var character in value)
        {
            run = character == '"' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        var quotes = new string('"', Math.Max(3, longest + 1));
        return $"{quotes}\n{value}\n{quotes}";
    }

    /// <summary>A member of an enum, named in full.</summary>
    public static string OfEnum(string typeName, string member) => $"{OfType(typeName)}.{Identifier(member)}";

    /// <summary>A type by its full metadata name (not generic), with <c>global::</c>.</summary>
    public static string OfType(string typeName) => "global::" + Path(typeName);

    /// <summary>Names with dots (or <c>+</c> before a nested type) between them.</summary>
    public static string Path(string names) => string.Join(".", names.Split('.', '+').Select(Identifier));

    /// <summary>A name, marked with <c>@</c> where it is a keyword.</summary>
    public static string Identifier(string name) => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;
}
