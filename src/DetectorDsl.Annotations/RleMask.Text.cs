using System.Buffers;
using System.Text;

namespace DetectorDsl.Annotations;

/// <content>COCO's compressed text: run lengths as differences to the run two before, in groups of five bits.</content>
public sealed partial class RleMask
{
    private const int Base = 48;
    private const int Bits = 31;
    private const int More = 32;
    private const int Sign = 16;

    /// <summary>Reads the compressed text.</summary>
    /// <param name="text">The text, one byte a character.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <returns>The mask.</returns>
    /// <exception cref="AnnotationException">The text is cut off, holds other characters, or does not add up to height x width.</exception>
    public static RleMask FromText(ReadOnlySpan<byte> text, int height, int width)
    {
        var runs = ArrayPool<uint>.Shared.Rent(Math.Max(1, text.Length));
        try
        {
            return FromRuns(height, width, runs.AsSpan(0, ReadText(text, runs)));
        }
        finally
        {
            ArrayPool<uint>.Shared.Return(runs);
        }
    }

    /// <summary>Reads the run lengths of a compressed text.</summary>
    /// <param name="text">The text, one byte a character.</param>
    /// <param name="runs">Receives the run lengths; as long as the text at least.</param>
    /// <returns>Number of runs.</returns>
    /// <exception cref="AnnotationException">The text is cut off or holds other characters.</exception>
    public static int ReadText(ReadOnlySpan<byte> text, Span<uint> runs)
    {
        var count = 0;
        var position = 0;
        while (position < text.Length)
        {
            // Nearly all runs take one group of five bits or two. The sixth bit tells that another follows, the fifth of the last is the sign.
            long value;
            var (first, second) = (text[position] - Base, position + 1 < text.Length ? text[position + 1] - Base : -1);
            if ((uint)first < More)
            {
                value = (first ^ Sign) - Sign;
                position++;
            }
            else if ((uint)first < 2 * More && (uint)second < More)
            {
                value = (first & Bits) | (((second ^ Sign) - Sign) << 5);
                position += 2;
            }
            else
            {
                value = ReadGroups(text, ref position);
            }

            if (count > 2)
            {
                value += runs[count - 2];
            }

            if (value is < 0 or > uint.MaxValue)
            {
                throw new AnnotationException($"The compressed text of a mask holds a run of {value} pixels.");
            }

            runs[count++] = (uint)value;
        }

        return count;
    }

    private static long ReadGroups(ReadOnlySpan<byte> text, ref int position)
    {
        long value = 0;
        for (var shift = 0; ; shift += 5)
        {
            if (position == text.Length || shift > 55)
            {
                throw new AnnotationException("The compressed text of a mask is cut off.");
            }

            var digit = text[position++] - Base;
            if (digit is < 0 or >= 2 * More)
            {
                throw new AnnotationException(
                    $"The compressed text of a mask holds the character code {digit + Base}, which is none of its 64."
                );
            }

            if (digit < More)
            {
                return value | ((long)((digit ^ Sign) - Sign) << shift);
            }

            value |= (long)(digit & Bits) << shift;
        }
    }

    /// <summary>Writes the compressed text.</summary>
    /// <returns>The text, ASCII only.</returns>
    public string ToText()
    {
        var text = new StringBuilder();
        for (var i = 0; i < runs.Length; i++)
        {
            var value = (long)runs[i];
            if (i > 2)
            {
                value -= runs[i - 2];
            }

            bool more;
            do
            {
                var digit = (int)(value & 31);
                value >>= 5;
                more = (digit & 16) != 0 ? value != -1 : value != 0;
                text.Append((char)((more ? digit | 32 : digit) + 48));
            } while (more);
        }

        return text.ToString();
    }
}
