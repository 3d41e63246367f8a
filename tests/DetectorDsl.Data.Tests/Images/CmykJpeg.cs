namespace DetectorDsl.Data.Tests.Images;

/// <summary>Writes a baseline JPEG of four components and one colour: 8 x 8 pixels, one block per component, of which only the mean is coded.</summary>
internal static class CmykJpeg
{
    /// <param name="components">Stored values of cyan, magenta, yellow, black, 0 to 255; Adobe stores 255 for no ink.</param>
    public static byte[] Write(params ReadOnlySpan<byte> components)
    {
        List<byte> file = [0xFF, 0xD8];
        Segment(file, 0xEE, [.. "Adobe"u8, 0, 100, 0, 0, 0, 0, 0]); // transform 0: CMYK as it is
        Segment(file, 0xDB, [0, .. Enumerable.Repeat((byte)1, 64)]); // all quantisation steps 1
        Segment(file, 0xC0, [8, 0, 8, 0, 8, 4, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0, 4, 0x11, 0]); // 8 bits, 8 x 8, no subsampling
        Segment(file, 0xC4, [0x00, 0, 0, 0, 12, .. new byte[12], 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]); // means: twelve codes of 4 bits
        Segment(file, 0xC4, [0x10, 1, .. new byte[15], 0x00]); // the rest: code 0 is "end of block"
        Segment(file, 0xDA, [4, 1, 0, 2, 0, 3, 0, 4, 0, 0, 63, 0]);
        var bits = "";
        foreach (var component in components)
        {
            // Mean coefficient of a flat block: 64 x (value - 128) / 8; each component predicts from 0.
            var mean = 8 * (component - 128);
            var length = mean == 0 ? 0 : (int)Math.Log2(Math.Abs(mean)) + 1;
            var coded = mean < 0 ? mean + (1 << length) - 1 : mean;
            bits +=
                Convert.ToString(length, 2).PadLeft(4, '0') + (length == 0 ? "" : Convert.ToString(coded, 2).PadLeft(length, '0')) + "0";
        }

        foreach (var group in bits.Chunk(8))
        {
            var value = Convert.ToByte(new string(group).PadRight(8, '1'), 2);
            file.Add(value);
            if (value == 0xFF)
            {
                file.Add(0);
            }
        }

        return [.. file, 0xFF, 0xD9];
    }

    private static void Segment(List<byte> file, byte marker, byte[] content)
    {
        file.AddRange([0xFF, marker, (byte)((content.Length + 2) >> 8), (byte)(content.Length + 2)]);
        file.AddRange(content);
    }
}
