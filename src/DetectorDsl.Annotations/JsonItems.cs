using System.Globalization;
using System.Text.Json;

namespace DetectorDsl.Annotations;

/// <summary>Reads one item of an object; the reader stands before it and is left on its last token.</summary>
/// <param name="reader">The reader.</param>
internal delegate void ReadItem(ref Utf8JsonReader reader);

/// <summary>Reads items that lie one after the other, from behind the opening brace of the first.</summary>
/// <param name="bytes">A part of a list.</param>
/// <returns>Bytes up to the end of the last that was read.</returns>
internal delegate int ScanItems(ReadOnlySpan<byte> bytes);

/// <summary>Small pieces of JSON; the reader stands on the property's name and is left on the value's last token.</summary>
internal static class JsonItems
{
    public static long ReadLong(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.Number => reader.TryGetInt64(out var whole) ? whole : Whole(reader.GetDouble()),
            JsonTokenType.True => 1,
            JsonTokenType.False => 0,
            JsonTokenType.String when long.TryParse(reader.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var parsed) => parsed,
            _ => throw new FormatException($"a whole number was expected, not {reader.TokenType}."),
        };
    }

    public static int ReadInt(ref Utf8JsonReader reader)
    {
        var number = ReadLong(ref reader);
        return number is >= int.MinValue and <= int.MaxValue ? (int)number : throw new FormatException($"the number {number} is too large.");
    }

    public static double ReadNumber(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.Null ? double.NaN : Number(ref reader);
    }

    public static string? ReadText(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType is JsonTokenType.String or JsonTokenType.Null ? reader.GetString() : throw new FormatException($"a text was expected, not {reader.TokenType}.");
    }

    public static int[] ReadInts(ref Utf8JsonReader reader) =>
        [.. ReadNumbers(ref reader).Select(number => Whole(number) is >= int.MinValue and <= int.MaxValue and var whole ? (int)whole : throw new FormatException($"the number {number} is too large."))];

    /// <summary>A box; its first member is not a number where the list has not four.</summary>
    public static Box ReadBox(ref Utf8JsonReader reader)
    {
        Span<double> sides = stackalloc double[4];
        var count = 0;
        reader.Read();
        OpenNumbers(ref reader);
        while (reader.TokenType != JsonTokenType.Null && reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var side = Number(ref reader);
            if (count++ < sides.Length)
            {
                sides[count - 1] = side;
            }
        }

        return count == sides.Length ? new Box(sides[0], sides[1], sides[2], sides[3]) : new Box(double.NaN, 0, 0, 0);
    }

    public static double[] ReadNumbers(ref Utf8JsonReader reader)
    {
        var numbers = new List<double>();
        reader.Read();
        ReadOpenedNumbers(ref reader, numbers);
        return [.. numbers];
    }

    /// <summary>Adds a list's numbers to others; none for null.</summary>
    public static void ReadOpenedNumbers(ref Utf8JsonReader reader, List<double> numbers)
    {
        OpenNumbers(ref reader);
        while (reader.TokenType != JsonTokenType.Null && reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            numbers.Add(Number(ref reader));
        }
    }

    public static void SkipValue(ref Utf8JsonReader reader)
    {
        // Skip refuses to work on a part of a file, even where it holds the value whole.
        reader.Read();
        reader.TrySkip();
    }

    private static void OpenNumbers(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not (JsonTokenType.StartArray or JsonTokenType.Null))
        {
            throw new FormatException($"a list of numbers was expected, not {reader.TokenType}.");
        }
    }

    private static double Number(ref Utf8JsonReader reader) =>
        reader.TokenType != JsonTokenType.Number ? throw new FormatException($"a number was expected, not {reader.TokenType}.")
        : DecimalText.TryRead(reader.ValueSpan, out var number) ? number : reader.GetDouble();

    // Some writers put 7.0 for 7.
    private static long Whole(double number) =>
        Math.Truncate(number) == number && Math.Abs(number) < 1e18 ? (long)number : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"a whole number was expected, not {number}."));
}
