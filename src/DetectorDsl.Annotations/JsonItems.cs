using System.Text.Json;

namespace DetectorDsl.Annotations;

/// <summary>Reads one item of an object; the reader stands before it and is left on its last token.</summary>
/// <param name="reader">The reader.</param>
internal delegate void ReadItem(ref Utf8JsonReader reader);

/// <summary>Small pieces of JSON; the reader stands on the property's name and is left on the value's last token.</summary>
internal static class JsonItems
{
    public static void ReadObjects(ref Utf8JsonReader reader, ReadItem readItem)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new FormatException("a list was expected.");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            readItem(ref reader);
        }
    }

    public static long ReadInteger(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.Number => reader.TryGetInt64(out var whole) ? whole : (long)reader.GetDouble(),
            JsonTokenType.True => 1,
            JsonTokenType.False => 0,
            JsonTokenType.String when long.TryParse(reader.GetString(), out var parsed) => parsed,
            _ => throw new FormatException($"a whole number was expected, not {reader.TokenType}."),
        };
    }

    public static double ReadNumber(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.Null ? double.NaN : reader.GetDouble();
    }

    public static string? ReadText(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.GetString();
    }

    public static int[] ReadIntegers(ref Utf8JsonReader reader) => [.. ReadNumbers(ref reader).Select(number => (int)number)];

    public static double[] ReadNumbers(ref Utf8JsonReader reader)
    {
        reader.Read();
        return ReadOpenedNumbers(ref reader);
    }

    public static double[] ReadOpenedNumbers(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new FormatException("a list of numbers was expected.");
        }

        var numbers = new List<double>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            numbers.Add(reader.GetDouble());
        }

        return [.. numbers];
    }

    public static void SkipValue(ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Skip();
    }
}
