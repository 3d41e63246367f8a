using System.Buffers.Binary;
using BitMiracle.LibTiff.Classic;

namespace DetectorDsl.Data.Images;

/// <summary>Pixels of a TIFF whose values are whole bytes: of 16 bits the upper eight, alpha dropped.</summary>
internal static class TiffSamples
{
    /// <summary>Reads them, strip by strip or tile by tile.</summary>
    /// <exception cref="TiffException">They are cut off or damaged.</exception>
    public static RgbImage Read(Tiff tiff, TiffLayout layout)
    {
        var isTiled = tiff.IsTiled();
        var (width, height) = isTiled
            ? (tiff.GetField(TiffTag.TILEWIDTH)[0].ToInt(), tiff.GetField(TiffTag.TILELENGTH)[0].ToInt())
            : (
                layout.Width,
                Math.Min(
                    layout.Height,
                    tiff.GetFieldDefaulted(TiffTag.ROWSPERSTRIP) is [var rows, ..] && rows.ToInt() > 0 ? rows.ToInt() : layout.Height
                )
            );
        var (perPixel, bytes) = (layout.IsSeparate ? 1 : layout.Samples, layout.Bits / 8);
        if (width < 1 || height < 1 || (long)width * height > 4L * Math.Max(layout.Width, 64) * Math.Max(layout.Height, 64))
        {
            throw new TiffException("its tiles are larger than the picture");
        }

        var block = new byte[checked(width * height * perPixel * bytes)];
        var (colours, fourth) = (
            new byte[layout.Width * layout.Height * 3],
            layout.IsPremultiplied || layout.IsInk ? new byte[layout.Width * layout.Height] : null
        );
        for (var plane = 0; plane < (layout.IsSeparate ? layout.Samples : 1); plane++)
        {
            for (var top = 0; top < layout.Height; top += height)
            {
                for (var left = 0; left < layout.Width; left += width)
                {
                    var rowsHere = isTiled ? height : Math.Min(height, layout.Height - top);
                    var wanted = width * rowsHere * perPixel * bytes;
                    var got = isTiled
                        ? tiff.ReadTile(block, 0, left, top, 0, (short)plane)
                        : tiff.ReadEncodedStrip(tiff.ComputeStrip(top, (short)plane), block, 0, wanted);
                    if (got < wanted)
                    {
                        throw new TiffException("its pixels are cut off or damaged");
                    }

                    var window = (
                        Left: left,
                        Top: top,
                        Width: Math.Min(width, layout.Width - left),
                        Height: Math.Min(height, layout.Height - top)
                    );
                    for (var sample = 0; sample < perPixel; sample++)
                    {
                        Spread(block, (width, perPixel, sample), window, layout, plane + sample, colours, fourth);
                    }
                }
            }
        }

        return new RgbImage(layout.Height, layout.Width, Finished(colours, fourth, layout));
    }

    private static void Spread(
        byte[] block,
        (int Width, int PerPixel, int Sample) from,
        (int Left, int Top, int Width, int Height) window,
        TiffLayout layout,
        int sample,
        byte[] colours,
        byte[]? fourth
    )
    {
        var (target, step, place) =
            sample < layout.ColourSamples ? (colours, 3, sample)
            : sample == layout.ColourSamples && fourth is not null ? (fourth, 1, 0)
            : (null, 0, 0);
        if (target is null)
        {
            return;
        }

        var bytes = layout.Bits / 8;
        for (var y = 0; y < window.Height; y++)
        {
            var source = ((y * from.Width * from.PerPixel) + from.Sample) * bytes;
            var at = ((((window.Top + y) * layout.Width) + window.Left) * step) + place;
            for (var x = 0; x < window.Width; x++, at += step, source += from.PerPixel * bytes)
            {
                // The library has brought two bytes into this machine's order.
                target[at] =
                    bytes == 1
                        ? block[source]
                        : (byte)(
                            (
                                BitConverter.IsLittleEndian
                                    ? BinaryPrimitives.ReadUInt16LittleEndian(block.AsSpan(source))
                                    : BinaryPrimitives.ReadUInt16BigEndian(block.AsSpan(source))
                            ) >> 8
                        );
            }
        }
    }

    private static byte[] Finished(byte[] colours, byte[]? fourth, TiffLayout layout)
    {
        for (var i = 0; i < colours.Length; i += 3)
        {
            if (layout.ColourSamples == 1)
            {
                var grey = layout.Colours == Photometric.MINISWHITE ? (byte)(255 - colours[i]) : colours[i];
                (colours[i], colours[i + 1], colours[i + 2]) = (grey, grey, grey);
            }

            if (fourth is not null)
            {
                for (var c = i; c < i + 3; c++)
                {
                    colours[c] = layout.IsInk ? WithoutInk(colours[c], fourth[i / 3]) : Divided(colours[c], fourth[i / 3]);
                }
            }
        }

        return colours;
    }

    // As Pillow's Convert.c and Unpack.c.
    private static byte WithoutInk(byte ink, byte black)
    {
        var product = (ink * (255 - black)) + 128;
        return (byte)Math.Max(0, 255 - black - (((product >> 8) + product) >> 8));
    }

    private static byte Divided(byte colour, byte alpha) => alpha is 0 or 255 ? colour : (byte)Math.Min(255, colour * 255 / alpha);
}
