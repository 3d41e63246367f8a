using BitMiracle.LibTiff.Classic;
using SkiaSharp;

namespace DetectorDsl.Data.Images;

/// <summary>How the pixels of a TIFF's first picture lie in it.</summary>
/// <param name="Width">Columns as stored.</param>
/// <param name="Height">Rows as stored.</param>
/// <param name="Samples">Values of a pixel.</param>
/// <param name="Bits">Bits of a value.</param>
/// <param name="Colours">What the values mean.</param>
/// <param name="IsSeparate">Whether each colour has a plane of its own.</param>
/// <param name="IsPremultiplied">Whether the colours are multiplied by the alpha behind them.</param>
/// <param name="Origin">The corner that the first pixel belongs to.</param>
internal sealed record TiffLayout(
    int Width,
    int Height,
    int Samples,
    int Bits,
    Photometric Colours,
    bool IsSeparate,
    bool IsPremultiplied,
    SKEncodedOrigin Origin
)
{
    private const int MostSamples = 8;

    /// <summary>Whether the values are grey, or red, green, blue, or inks, of one or two whole bytes, whatever follows them.</summary>
    public bool IsPlain =>
        Bits is 8 or 16
        && Samples <= MostSamples
        && Samples >= ColourSamples + (IsInk ? 1 : 0)
        && Colours is Photometric.MINISBLACK or Photometric.MINISWHITE or Photometric.RGB or Photometric.SEPARATED;

    /// <summary>Whether the values are cyan, magenta, yellow and black.</summary>
    public bool IsInk => Colours == Photometric.SEPARATED;

    /// <summary>Values of a pixel that are colours, less black ink.</summary>
    public int ColourSamples => Colours == Photometric.RGB || IsInk ? 3 : 1;

    /// <summary>Reads it.</summary>
    /// <exception cref="ImageException">The picture is too large, or the small preview of a raw photograph.</exception>
    public static TiffLayout Of(Tiff tiff, string name)
    {
        var (width, height) = (Number(TiffTag.IMAGEWIDTH, 0), Number(TiffTag.IMAGELENGTH, 0));
        PixelLimit.Check(name, width, height);
        if ((Number(TiffTag.SUBFILETYPE, 0) & (int)FileType.REDUCEDIMAGE) != 0)
        {
            throw new ImageException(
                $"{name}: its first picture is a preview, as in raw photographs. Develop it, and save it as PNG, JPEG or TIFF."
            );
        }

        var bits = Number(TiffTag.BITSPERSAMPLE, 1);
        if (Number(TiffTag.SAMPLEFORMAT, (int)SampleFormat.UINT) is (int)SampleFormat.IEEEFP or (int)SampleFormat.INT && bits > 8)
        {
            throw new ImageException(
                $"{name}: its values are measurements (of {bits} bits, with sign or fraction), not colours. Convert it to 8 bits."
            );
        }

        var extra = tiff.GetFieldDefaulted(TiffTag.EXTRASAMPLES);
        var alpha = extra is [_, var kinds, ..] && extra[0].ToInt() > 0 && kinds.ToByteArray() is [var first, ..] ? first : (byte)0;
        var origin = Number(TiffTag.ORIENTATION, 1);
        return new TiffLayout(
            width,
            height,
            Number(TiffTag.SAMPLESPERPIXEL, 1),
            bits,
            (Photometric)Number(TiffTag.PHOTOMETRIC, (int)Photometric.MINISBLACK),
            Number(TiffTag.PLANARCONFIG, (int)PlanarConfig.CONTIG) == (int)PlanarConfig.SEPARATE,
            alpha == (byte)ExtraSample.ASSOCALPHA,
            origin is >= 1 and <= 8 ? (SKEncodedOrigin)origin : SKEncodedOrigin.TopLeft
        );

        int Number(TiffTag tag, int otherwise) => tiff.GetFieldDefaulted(tag) is [var value, ..] ? value.ToInt() : otherwise;
    }
}
