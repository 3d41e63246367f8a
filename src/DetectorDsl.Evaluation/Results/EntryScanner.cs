using System.Runtime.CompilerServices;

namespace DetectorDsl.Evaluation.Results;

/// <summary>
/// Reads entries of the usual form several times as fast as a general JSON reader does. It never judges: whatever is unusual (or wrong) it leaves to
/// <see cref="EntryReader" />, which starts again at the entry's opening brace.
/// </summary>
/// <param name="bytes">The piece of the file.</param>
/// <param name="position">Place of the entry's opening brace.</param>
internal ref struct EntryScanner(ReadOnlySpan<byte> bytes, int position)
{
    private readonly ReadOnlySpan<byte> bytes = bytes;

    /// <summary>Behind the closing brace, after success.</summary>
    public int Position { get; private set; } = position;

    /// <returns>False where the entry is left to the general reader.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryRead(ResultEntry entry)
    {
        entry.Clear();
        if (!Take((byte)'{'))
        {
            return false;
        }

        do
        {
            if (!TryReadName(out var name))
            {
                return false;
            }

            var done = name.SequenceEqual("image_id"u8) ? TryReadWhole(out var whole) && entry.SetImage(whole)
                : name.SequenceEqual("category_id"u8) ? TryReadWhole(out whole) && entry.SetCategory(whole)
                : name.SequenceEqual("score"u8) ? TryReadNumber(out var number) && entry.SetScore(number)
                : name.SequenceEqual("bbox"u8) ? TryReadBox(entry)
                : name.SequenceEqual("segmentation"u8) && TryReadMask(entry);
            if (!done)
            {
                return false;
            }
        }
        while (Take((byte)','));

        return Take((byte)'}');
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsBlank(byte value) => value is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t';

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Take(byte expected)
    {
        var place = Position;
        while (place < bytes.Length && IsBlank(bytes[place]))
        {
            place++;
        }

        if (place == bytes.Length || bytes[place] != expected)
        {
            return false;
        }

        Position = place + 1;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryReadName(out ReadOnlySpan<byte> name)
    {
        name = default;
        if (!Take((byte)'"'))
        {
            return false;
        }

        var length = bytes[Position..].IndexOf((byte)'"');
        if (length < 0)
        {
            return false;
        }

        name = bytes.Slice(Position, length);
        Position += length + 1;
        return Take((byte)':');
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryReadBox(ResultEntry entry)
    {
        entry.ClearBox();
        if (!Take((byte)'['))
        {
            return false;
        }

        do
        {
            if (!TryReadNumber(out var number))
            {
                return false;
            }

            entry.AddToBox(number);
        }
        while (Take((byte)','));

        return entry.BoxLength == 4 && Take((byte)']');
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryReadMask(ResultEntry entry)
    {
        entry.ClearMask();
        if (!Take((byte)'{'))
        {
            return false;
        }

        do
        {
            if (!TryReadName(out var name) || !(name.SequenceEqual("size"u8) ? TryReadSize(entry) : name.SequenceEqual("counts"u8) && TryReadText(entry)))
            {
                return false;
            }
        }
        while (Take((byte)','));

        return entry.HasSize && entry.HasRuns && Take((byte)'}');
    }

    private bool TryReadSize(ResultEntry entry)
    {
        if (!Take((byte)'[') || !TryReadWhole(out var height) || !Take((byte)',') || !TryReadWhole(out var width) || !Take((byte)']')
            || height is < 0 or > int.MaxValue || width is < 0 or > int.MaxValue)
        {
            return false;
        }

        (entry.MaskHeight, entry.MaskWidth, entry.HasSize) = ((int)height, (int)width, true);
        return true;
    }

    /// <summary>A text; of the escapes only that of the backslash, which is one of the mask's own characters.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryReadText(ResultEntry entry)
    {
        if (!Take((byte)'"'))
        {
            return false;
        }

        entry.Text.Clear();
        while (true)
        {
            var rest = bytes[Position..];
            var length = rest.IndexOfAny((byte)'"', (byte)'\\');
            if (length < 0)
            {
                return false;
            }

            entry.Text.Append(rest[..length]);
            Position += length + 1;
            if (rest[length] == '"')
            {
                entry.HasRuns = true;
                return true;
            }

            if (Position == bytes.Length || bytes[Position] != '\\')
            {
                return false;
            }

            entry.Text.Add((byte)'\\');
            Position++;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryReadWhole(out long whole)
    {
        whole = 0;
        SkipBlanks();
        var place = Position;
        var isNegative = place < bytes.Length && bytes[place] == '-';
        place += isNegative ? 1 : 0;
        var first = place;
        while (place < bytes.Length && (uint)(bytes[place] - '0') <= 9)
        {
            whole = (10 * whole) + bytes[place++] - '0';
        }

        if (place == first || place - first > 18 || (bytes[first] == '0' && place - first > 1) || IsInNumber(place))
        {
            return false;
        }

        whole = isNegative ? -whole : whole;
        Position = place;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryReadNumber(out double number)
    {
        SkipBlanks();
        var (place, start) = (Position, Position);
        var isNegative = place < bytes.Length && bytes[place] == '-';
        place += isNegative ? 1 : 0;
        var (digits, first) = (0UL, place);
        while (place < bytes.Length && (uint)(bytes[place] - '0') <= 9)
        {
            digits = (10 * digits) + bytes[place++] - '0';
        }

        var (count, decimals) = (place - first, 0);
        number = 0;
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

        if (IsInNumber(place))
        {
            return false;
        }

        // Both numbers are exact, so that the quotient is rounded once, as it has to be.
        if (count <= 18 && digits <= 1UL << 53 && decimals <= 22)
        {
            number = digits / PowersOfTen[decimals];
            number = isNegative ? -number : number;
        }
        else if (!double.TryParse(bytes[start..place], System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out number))
        {
            return false;
        }

        Position = place;
        return true;
    }

    private static ReadOnlySpan<double> PowersOfTen =>
        [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22];

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
        place == bytes.Length || bytes[place] is (byte)'.' or (byte)'e' or (byte)'E' or (byte)'+' or (byte)'-';
}
