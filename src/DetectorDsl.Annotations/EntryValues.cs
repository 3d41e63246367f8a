using System.Collections.Immutable;
using System.Text.Json;

namespace DetectorDsl.Annotations;

/// <summary>
/// Reads the values of an entry's members and remembers the first that is of another type than wanted. The reader stands on the property's name
/// and is left on the value's last token. Null counts as absent.
/// </summary>
internal sealed class EntryValues
{
    private readonly List<double> numbers = [];

    /// <summary>The first value of another type, in words; null where all are right.</summary>
    public string? Mistake { get; private set; }

    /// <summary>Begins an entry.</summary>
    public void Clear() => Mistake = null;

    /// <summary>An id, of which a word is given a number.</summary>
    public long? ReadId(ref Utf8JsonReader reader, string name, WordIds words)
    {
        reader.Read();
        if (JsonItems.TryGetLong(ref reader, out var number))
        {
            return number;
        }

        return
            reader.TokenType == JsonTokenType.String
            && PythonNumbers.NameOf(reader.ValueSpan) is null
            && JsonItems.TryGetText(ref reader, out var word)
            && word.Length > 0
            ? words.NumberOf(word)
            : Wrong<long>(ref reader, name, "a whole number");
    }

    public int? ReadIntId(ref Utf8JsonReader reader, string name, WordIds words)
    {
        var before = reader;
        return ReadId(ref reader, name, words) is not { } id ? null
            : id is >= int.MinValue and <= int.MaxValue ? (int)id
            : TooLarge(before, name);
    }

    public int? ReadInt(ref Utf8JsonReader reader, string name)
    {
        reader.Read();
        return JsonItems.TryGetInt(ref reader, out var number) ? number : Wrong<int>(ref reader, name, "a whole number");
    }

    /// <summary>A mark such as <c>iscrowd</c>; null where the value is none.</summary>
    public bool? ReadMark(ref Utf8JsonReader reader, string name, bool absent)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.Null ? absent
            : JsonItems.TryGetLong(ref reader, out var number) ? number != 0
            : Wrong<bool>(ref reader, name, "0 or 1");
    }

    public double? ReadNumber(ref Utf8JsonReader reader, string name)
    {
        reader.Read();
        return JsonItems.TryGetNumber(ref reader, out var number) ? number : Wrong<double>(ref reader, name, "a number");
    }

    public string? ReadText(ref Utf8JsonReader reader, string name)
    {
        reader.Read();
        if (JsonItems.TryGetText(ref reader, out var text))
        {
            return text;
        }

        _ = Wrong<int>(ref reader, name, "a text");
        return null;
    }

    public ImmutableArray<int> ReadInts(ref Utf8JsonReader reader, string name)
    {
        reader.Read();
        numbers.Clear();
        var wrong = JsonItems.ReadNumbers(ref reader, numbers);
        wrong ??= numbers.TrueForAll(number => Math.Truncate(number) == number && Math.Abs(number) <= int.MaxValue)
            ? null
            : "a list of other numbers";
        if (wrong is null)
        {
            return [.. numbers.Select(number => (int)number)];
        }

        Mistake ??= $"'{name}' is {wrong}, where a list of whole numbers is wanted";
        return [];
    }

    /// <summary>A box, of finite numbers or not; null where the value is none.</summary>
    public Box? ReadBox(ref Utf8JsonReader reader, string name)
    {
        reader.Read();
        numbers.Clear();
        var isAbsent = reader.TokenType == JsonTokenType.Null;
        var wrong = JsonItems.ReadNumbers(ref reader, numbers);
        if (wrong is null && numbers is [var x, var y, var width, var height])
        {
            return new Box(x, y, width, height);
        }

        Mistake ??= isAbsent
            ? null
            : $"'{name}' is {wrong ?? $"a list of {numbers.Count}"}, not four finite numbers (left, top, width, height)";
        return null;
    }

    private int? TooLarge(Utf8JsonReader reader, string name)
    {
        reader.Read();
        Mistake ??= $"'{name}' is {JsonItems.Describe(ref reader)}, which is too large";
        return null;
    }

    private T? Wrong<T>(ref Utf8JsonReader reader, string name, string wanted)
        where T : struct
    {
        if (reader.TokenType != JsonTokenType.Null)
        {
            Mistake ??= $"'{name}' is {JsonItems.Describe(ref reader)}, where {wanted} is wanted";
            JsonItems.SkipRest(ref reader);
        }

        return null;
    }
}
