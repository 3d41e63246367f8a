using System.Runtime.CompilerServices;

namespace DetectorDsl.Annotations;

/// <summary>
/// Reads JSON of the usual form several times as fast as a general reader does. It never judges: whatever is unusual, wrong or cut off makes a method
/// return false, and a general reader starts again at a place before.
/// </summary>
/// <remarks>Compiled into each assembly that uses it, so that its small methods are inlined in code that is compiled ahead of time.</remarks>
/// <param name="bytes">A part of the file.</param>
/// <param name="position">Where to start.</param>
internal ref struct JsonScanner(ReadOnlySpan<byte> bytes, int position)
{
    private const int MostDigits = 18;

    private readonly ReadOnlySpan<byte> bytes = bytes;

    /// <summary>Behind what was read, after success.</summary>
    public int Position { get; private set; } = position;

    private static ReadOnlySpan<double> PowersOfTen =>
        [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22];

    /// <summary>Passes over blanks and a character.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Take(byte expected)
    {
        var place = Position;
        while (place < bytes.Length && IsBlank(bytes[place]))
        {
            place++;
        }

        if (place >= bytes.Length || bytes[place] != expected)
        {
            return false;
        }

        Position = place + 1;
        return true;
    }

    /// <summary>A member's name and the colon behind it.</summary>
    public bool TryReadName(out ReadOnlySpan<byte> name)
    {
        name = default;
        if (!Take((byte)'"'))
        {
            return false;
        }

        var (start, place) = (Position, Position);
        while (place < bytes.Length && bytes[place] != '"')
        {
            if (bytes[place] is (byte)'\\' or < (byte)' ' or > (byte)'~')
            {
                return false;
            }

            place++;
        }

        if (place >= bytes.Length)
        {
            return false;
        }

        name = bytes[start..place];
        Position = place + 1;
        return Take((byte)':');
    }

    /// <summary>The bytes of a text up to its next quote or backslash, and which of them that is; its opening quote has been taken.</summary>
    public bool TryReadText(out ReadOnlySpan<byte> part, out byte end)
    {
        var rest = bytes[Position..];
        var length = rest.IndexOfAny((byte)'"', (byte)'\\');
        if (length < 0)
        {
            part = default;
            end = 0;
            return false;
        }

        part = rest[..length];
        end = rest[length];
        Position += length + 1;
        return true;
    }

    /// <summary>Passes over a character right here.</summary>
    public bool TakeHere(byte expected)
    {
        if (Position >= bytes.Length || bytes[Position] != expected)
        {
            return false;
        }

        Position++;
        return true;
    }

    /// <summary>A whole number of up to 18 digits.</summary>
    public bool TryReadWhole(out long whole) => TryReadDecimal(out whole, out var decimals, out _) && decimals == 0;

    /// <summary>The nearest double of a number without an exponent.</summary>
    public bool TryReadNumber(out double number)
    {
        SkipBlanks();
        var start = Position;
        if (TryReadDecimal(out var digits, out var decimals, out var isNegative) && digits is <= 1L << 53 and >= -(1L << 53))
        {
            // Both numbers are exact, so that the quotient is rounded once, as it has to be.
            number = digits / PowersOfTen[decimals];
            number = isNegative && digits == 0 ? -0.0 : number;
            return true;
        }

        Position = start;
        return TryReadLong(out number);
    }

    /// <summary>A number without an exponent as a whole number and its decimals, 18 digits in all.</summary>
    /// <param name="digits">The number times ten to the power of its decimals, signed.</param>
    /// <param name="decimals">Digits behind the point.</param>
    /// <param name="isNegative">Whether a minus stands before it, be it before a zero.</param>
    public bool TryReadDecimal(out long digits, out int decimals, out bool isNegative)
    {
        SkipBlanks();
        var place = Position;
        isNegative = place < bytes.Length && bytes[place] == '-';
        place += isNegative ? 1 : 0;
        var first = place;
        (digits, decimals) = (0, 0);
        while (place < bytes.Length && (uint)(bytes[place] - '0') <= 9)
        {
            digits = (10 * digits) + bytes[place++] - '0';
        }

        var count = place - first;
        if (count == 0 || (count > 1 && bytes[first] == '0'))
        {
            return false;
        }

        if (place < bytes.Length && bytes[place] == '.')
        {
            var point = ++place;
            while (place < bytes.Length && (uint)(bytes[place] - '0') <= 9)
            {
                digits = (10 * digits) + bytes[place++] - '0';
            }

            decimals = place - point;
            count += decimals;
            if (decimals == 0)
            {
                return false;
            }
        }

        if (count > MostDigits || IsInNumber(place))
        {
            return false;
        }

        digits = isNegative ? -digits : digits;
        Position = place;
        return true;
    }

    /// <summary>A number of many digits.</summary>
    private bool TryReadLong(out double number)
    {
        var place = Position;
        while (place < bytes.Length && (bytes[place] is (byte)'-' or (byte)'.' || (uint)(bytes[place] - '0') <= 9))
        {
            place++;
        }

        number = 0;
        var text = bytes[Position..place];
        if (
            text.Length <= MostDigits
            || !IsUsual(text)
            || IsInNumber(place)
            || !double.TryParse(
                text,
                System.Globalization.NumberStyles.Float,
                System.Globalization.CultureInfo.InvariantCulture,
                out number
            )
        )
        {
            return false;
        }

        Position = place;
        return true;
    }

    /// <summary>Whether digits make a number of JSON's form, with no more than a minus and one point among them.</summary>
    private static bool IsUsual(ReadOnlySpan<byte> text)
    {
        text = text[0] == '-' ? text[1..] : text;
        var point = text.IndexOf((byte)'.');
        return !text.Contains((byte)'-')
            && text[^1] != '.'
            && point != 0
            && !text[(point + 1)..].Contains((byte)'.')
            && (text[0] != '0' || point == 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsBlank(byte value) => value is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t';

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SkipBlanks()
    {
        while (Position < bytes.Length && IsBlank(bytes[Position]))
        {
            Position++;
        }
    }

    /// <summary>Whether a number goes on here in a way that is not read here; so it may at the end of the data.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly bool IsInNumber(int place) =>
        place >= bytes.Length || bytes[place] is (byte)'.' or (byte)'e' or (byte)'E' or (byte)'+' or (byte)'-';
}
