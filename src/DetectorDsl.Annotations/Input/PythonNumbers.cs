namespace DetectorDsl.Annotations;

/// <summary>
/// JSON as Python writes it, where numbers may be NaN and Infinity: these become short texts of the same length, so that a reader of JSON finds
/// its way and places stay what they are.
/// </summary>
/// <param name="source">The text in UTF-8.</param>
internal sealed class PythonNumbers(Stream source) : ReadingStream
{
    private const int LongestWord = 9;

    private static readonly (byte[] Word, byte[] Text)[] Words =
    [
        ("NaN"u8.ToArray(), "\"\u007F\""u8.ToArray()),
        ("Infinity"u8.ToArray(), "\"Infini\""u8.ToArray()),
        ("-Infinity"u8.ToArray(), "\"-Infini\""u8.ToArray()),
    ];

    private readonly byte[] buffer = new byte[1 << 16];
    private int start;
    private int ready;
    private int filled;
    private bool isInText;
    private bool isEscaped;

    /// <summary>The word for which a text stands; null for any other text.</summary>
    public static string? NameOf(ReadOnlySpan<byte> text) =>
        text.SequenceEqual("\u007F"u8) ? "NaN"
        : text.SequenceEqual("Infini"u8) ? "Infinity"
        : text.SequenceEqual("-Infini"u8) ? "-Infinity"
        : null;

    /// <inheritdoc />
    public override int Read(Span<byte> target)
    {
        while (start == ready && Prepare()) { }

        var count = Math.Min(target.Length, ready - start);
        buffer.AsSpan(start, count).CopyTo(target);
        start += count;
        return count;
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            source.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Reads on and replaces words; the last bytes wait, since a word may begin there.</summary>
    private bool Prepare()
    {
        buffer.AsSpan(ready, filled - ready).CopyTo(buffer);
        (start, ready, filled) = (0, 0, filled - ready);
        var read = source.Read(buffer, filled, buffer.Length - filled);
        filled += read;
        var end = read == 0 ? filled : Math.Max(0, filled - LongestWord);
        while (ready < end)
        {
            ready += Replace(buffer.AsSpan(ready, filled - ready));
        }

        return read > 0;
    }

    /// <returns>Bytes that are done.</returns>
    private int Replace(Span<byte> rest)
    {
        var character = rest[0];
        if (isInText)
        {
            isInText = isEscaped || character != '"';
            isEscaped = !isEscaped && character == '\\';
            return 1;
        }

        isInText = character == '"';
        foreach (var (word, text) in Words)
        {
            if (character == word[0] && rest.StartsWith(word))
            {
                text.CopyTo(rest);
                return text.Length;
            }
        }

        return 1;
    }
}
