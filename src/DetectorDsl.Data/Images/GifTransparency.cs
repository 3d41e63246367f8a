namespace DetectorDsl.Data.Images;

/// <summary>Transparency of a GIF's first picture: Skia makes such pixels black, where the colour of the palette is wanted.</summary>
/// <remarks>Source: GIF89a specification, 23, "Graphic Control Extension".</remarks>
internal static class GifTransparency
{
    private const int ScreenEnd = 13;

    /// <summary>Whether a file begins as a GIF does.</summary>
    public static bool IsGif(ReadOnlySpan<byte> file) =>
        file.Length > ScreenEnd && (file.StartsWith("GIF87a"u8) || file.StartsWith("GIF89a"u8));

    /// <summary>Takes the mark of transparency off the first picture.</summary>
    /// <param name="gif">The file.</param>
    public static void Drop(Span<byte> gif)
    {
        var at = ScreenEnd + ((gif[10] & 0x80) != 0 ? 3 << ((gif[10] & 7) + 1) : 0);
        while (at + 3 < gif.Length && gif[at] == 0x21)
        {
            if (gif[at + 1] == 0xF9)
            {
                gif[at + 3] &= 0xFE;
            }

            // An extension is a chain of blocks, each behind its length, ended by one of no length.
            for (at += 2; at < gif.Length && gif[at] != 0; at += gif[at] + 1) { }

            at++;
        }
    }
}
