using System.Globalization;
using System.Text;
using System.Text.Json;

namespace DetectorDsl.Annotations;

/// <summary>Reads one item of an object; the reader stands before it and is left on its last token.</summary>
/// <param name="reader">The reader.</param>
internal delegate void ReadItem(ref Utf8JsonReader reader);

/// <summary>Reads items that lie one after the other, from behind the opening brace of the first.</summary>
/// <param name="bytes">A part of a list.</param>
/// <returns>Bytes up to the end of the last that was read.</returns>
internal delegate int ScanItems(ReadOnlySpan<byte> bytes);

/// <summary>
/// Small pieces of JSON; the reader stands on the property's name and is left on the value's last token, whatever the value is. A value of another
/// type makes a method return false and costs no exception, since a file may hold millions of them.
/// </summary>
internal static class JsonItems
{
    private const int ShownCharacters = 40;

    public static void SkipValue(ref Utf8JsonReader reader)
    {
        // Skip refuses to work on a part of a file, even where it holds the value whole.
        reader.Read();
        reader.TrySkip();
    }

    /// <summary>Passes over what is left of a value that the reader has come to.</summary>
    public static void SkipRest(ref Utf8JsonReader reader) => reader.TrySkip();

    /// <summary>A whole number, also as a text, a truth value or with a fraction of zero.</summary>
    public static bool TryGetLong(ref Utf8JsonReader reader, out long number)
    {
        number = reader.TokenType == JsonTokenType.True ? 1 : 0;
        return reader.TokenType switch
        {
            JsonTokenType.Number => reader.TryGetInt64(out number) || IsWhole(reader.GetDouble(), out number),
            JsonTokenType.True or JsonTokenType.False => true,
            JsonTokenType.String => TryGetText(ref reader, out var text)
                && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number),
            _ => false,
        };
    }

    public static bool TryGetInt(ref Utf8JsonReader reader, out int number)
    {
        var isWhole = TryGetLong(ref reader, out var whole) && whole is >= int.MinValue and <= int.MaxValue;
        number = isWhole ? (int)whole : 0;
        return isWhole;
    }

    public static bool TryGetNumber(ref Utf8JsonReader reader, out double number)
    {
        number = 0;
        if (reader.TokenType != JsonTokenType.Number)
        {
            return false;
        }

        number = DecimalText.TryRead(reader.ValueSpan, out var read) ? read : reader.GetDouble();
        return true;
    }

    /// <summary>The name or text that the reader stands on; null where it is none, being no UTF-8 or half a surrogate pair.</summary>
    public static string? TextOf(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A text, or a number or truth value as it is written.</summary>
    public static bool TryGetText(ref Utf8JsonReader reader, out string text)
    {
        text = "";
        if (reader.TokenType is JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False)
        {
            text = Encoding.UTF8.GetString(reader.ValueSpan);
            return true;
        }

        var found = reader.TokenType == JsonTokenType.String ? TextOf(ref reader) : null;
        text = found ?? "";
        return found is not null;
    }

    /// <summary>Adds a list's numbers to others; none for null.</summary>
    /// <returns>What is wrong; null for a list of numbers alone. Otherwise some may have been added.</returns>
    public static string? ReadNumbers(ref Utf8JsonReader reader, List<double> numbers)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            var what = reader.TokenType == JsonTokenType.Null ? null : Describe(ref reader);
            reader.TrySkip();
            return what;
        }

        string? wrong = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (TryGetNumber(ref reader, out var number))
            {
                numbers.Add(number);
            }
            else
            {
                wrong ??= $"a list with {Describe(ref reader)} in it";
                reader.TrySkip();
            }
        }

        return wrong;
    }

    /// <summary>What a value is, for a message: <c>the text "x"</c>, <c>null</c>, <c>a list</c>.</summary>
    public static string Describe(ref Utf8JsonReader reader) =>
        reader.TokenType switch
        {
            JsonTokenType.StartArray => "a list",
            JsonTokenType.StartObject => "an object",
            JsonTokenType.String when PythonNumbers.NameOf(reader.ValueSpan) is { } name => $"{name} (no number)",
            JsonTokenType.String => TryGetText(ref reader, out var text) ? $"the text \"{Shorten(text)}\"" : "a text that is no UTF-8",
            _ => Shorten(Encoding.UTF8.GetString(reader.ValueSpan)),
        };

    private static string Shorten(string text) => text.Length > ShownCharacters ? text[..ShownCharacters] + "..." : text;

    // Some writers put 7.0 for 7.
    private static bool IsWhole(double number, out long whole)
    {
        whole = Math.Abs(number) < 1e18 ? (long)number : 0;
        return Math.Abs(number) < 1e18 && Math.Truncate(number) == number;
    }
}
