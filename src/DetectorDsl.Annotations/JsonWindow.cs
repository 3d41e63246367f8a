using System.Text.Json;

namespace DetectorDsl.Annotations;

/// <summary>Shows a reader the part of a JSON stream that it stands in, so that a file of any size is read through a small buffer.</summary>
/// <remarks>The buffer grows to hold the largest entry of a list, to no more than four times what the stream has given.</remarks>
internal sealed class JsonWindow(Stream stream, int size)
{
    public const int UsualSize = 1 << 18;

    private byte[] buffer = new byte[size];
    private int start;
    private int filled;
    private bool isFinal;

    /// <summary>A reader before the first token; a byte order mark is passed over.</summary>
    public Utf8JsonReader Open()
    {
        do
        {
            Fill();
        } while (filled < 3 && !isFinal);

        start = buffer.AsSpan(0, filled).StartsWith("\uFEFF"u8) ? 3 : 0;
        return new Utf8JsonReader(buffer.AsSpan(start, filled - start), isFinal, default);
    }

    /// <summary>Goes to the next token.</summary>
    /// <returns>False at the end of the text.</returns>
    public bool Read(ref Utf8JsonReader reader)
    {
        while (!reader.Read())
        {
            if (isFinal)
            {
                return false;
            }

            Refill(ref reader);
        }

        return true;
    }

    /// <summary>Passes over the value that follows a property's name.</summary>
    public void SkipValue(ref Utf8JsonReader reader)
    {
        Read(ref reader);
        SkipRest(ref reader);
    }

    /// <summary>Passes over what is left of the value that the reader has come to.</summary>
    public void SkipRest(ref Utf8JsonReader reader)
    {
        for (
            var depth = reader.CurrentDepth;
            reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray || reader.CurrentDepth > depth;

        )
        {
            Read(ref reader);
        }
    }

    /// <summary>Brings the whole of the value that the reader has just come to into the buffer, so that it can be read without this window.</summary>
    /// <exception cref="FormatException">It is larger than any entry may be.</exception>
    public void Hold(ref Utf8JsonReader reader)
    {
        if (!TryHold(ref reader))
        {
            throw TooLarge();
        }
    }

    /// <summary>As <see cref="Hold" />; false where the value is larger than any entry may be, of which nothing is lost then.</summary>
    public bool TryHold(ref Utf8JsonReader reader)
    {
        var probe = reader;
        while (!probe.TrySkip())
        {
            if (filled - start - reader.BytesConsumed >= InputBudget.LargestEntry)
            {
                return false;
            }

            Refill(ref reader);
            probe = reader;
        }

        return true;
    }

    /// <summary>Bytes that the window holds.</summary>
    /// <param name="from">First place, as the reader counts.</param>
    /// <param name="to">The place behind the last.</param>
    public ReadOnlySpan<byte> Held(long from, long to) => buffer.AsSpan(start + (int)from, (int)(to - from));

    /// <summary>What the buffer holds behind the reader's last token.</summary>
    public ReadOnlySpan<byte> Rest(in Utf8JsonReader reader) => buffer.AsSpan((start + (int)reader.BytesConsumed)..filled);

    /// <summary>Goes on behind bytes that were read without the reader.</summary>
    /// <param name="reader">The reader, as it was when <see cref="Rest" /> was called.</param>
    /// <param name="count">Number of the bytes.</param>
    /// <param name="state">A reader's state behind bytes that end in the same way, but for its lines.</param>
    public void Pass(ref Utf8JsonReader reader, int count, JsonReaderState state)
    {
        start += (int)reader.BytesConsumed + count;
        reader = new Utf8JsonReader(buffer.AsSpan(start, filled - start), isFinal, state);
    }

    private void Refill(ref Utf8JsonReader reader)
    {
        var state = reader.CurrentState;
        start += (int)reader.BytesConsumed;
        buffer.AsSpan(start, filled - start).CopyTo(buffer);
        (start, filled) = (0, filled - start);
        Fill();
        reader = new Utf8JsonReader(buffer.AsSpan(0, filled), isFinal, state);
    }

    private void Fill()
    {
        if (filled == buffer.Length)
        {
            Array.Resize(ref buffer, buffer.Length < 2 * InputBudget.LargestEntry ? 2 * buffer.Length : throw TooLarge());
        }

        var read = stream.Read(buffer, filled, buffer.Length - filled);
        filled += read;
        isFinal = read == 0;
    }

    private static FormatException TooLarge() =>
        new($"a value takes more than {InputBudget.LargestEntry >> 20} MiB, as none of real annotations does.");
}
