using BitMiracle.LibTiff.Classic;
using DetectorDsl.Annotations;
using SkiaSharp;

namespace DetectorDsl.Data.Images;

/// <summary>Reads the first picture of a TIFF.</summary>
internal static class TiffDecoder
{
    private const int MostSamples = 8;

    /// <summary>Whether a file begins as a TIFF does.</summary>
    public static bool IsTiff(ReadOnlySpan<byte> start) => start.StartsWith("II*\0"u8) || start.StartsWith("MM\0*"u8);

    /// <summary>Reads height and width alone, upright.</summary>
    /// <exception cref="ImageException">It is damaged or of a kind that is not read.</exception>
    public static (int Height, int Width) ReadSize(Stream stream, string name) => Open(stream, name, tiff =>
        {
            var layout = TiffLayout.Of(tiff, name);
            return ImageOrigin.Swaps(layout.Origin) ? (layout.Width, layout.Height) : (layout.Height, layout.Width);
        });

    /// <summary>Reads the picture, upright.</summary>
    /// <exception cref="ImageException">It is damaged or of a kind that is not read.</exception>
    public static RgbImage Read(Stream stream, string name) => Open(stream, name, tiff =>
        {
            var layout = TiffLayout.Of(tiff, name);
            var bytes = (double)layout.Width * layout.Height * layout.Samples * layout.Bits / 8;
            if (bytes > Math.Max(InputBudget.FreeExpansion, (double)stream.Length * InputBudget.MostExpansion))
            {
                throw new TiffException(
                    $"its header states {layout.Width} x {layout.Height} pixels, which {stream.Length} bytes cannot hold"
                );
            }

            return ImageOrigin.Turn(layout.IsPlain ? TiffSamples.Read(tiff, layout) : Converted(tiff, layout), layout.Origin);
        });

    // Palettes, bits, YCbCr and the like, none of which has transparency: the library's own conversion, which counts rows from below.
    private static RgbImage Converted(Tiff tiff, TiffLayout layout)
    {
        if (layout.Samples > MostSamples || !tiff.RGBAImageOK(out var reason))
        {
            throw new TiffException($"its kind of pixels is not read ({layout.Samples} values of {layout.Bits} bits)");
        }

        var raster = new int[layout.Width * layout.Height];
        if (!tiff.ReadRGBAImageOriented(layout.Width, layout.Height, raster, Orientation.TOPLEFT, stopOnError: true))
        {
            throw new TiffException("its pixels are cut off or damaged");
        }

        var pixels = new byte[raster.Length * 3];
        for (var i = 0; i < raster.Length; i++)
        {
            (pixels[i * 3], pixels[(i * 3) + 1], pixels[(i * 3) + 2]) = (
                (byte)Tiff.GetR(raster[i]),
                (byte)Tiff.GetG(raster[i]),
                (byte)Tiff.GetB(raster[i])
            );
        }

        return new RgbImage(layout.Height, layout.Width, pixels);
    }

    // The library answers some damage with whatever exception the place throws.
    private static T Open<T>(Stream stream, string name, Func<Tiff, T> read)
    {
        try
        {
            TiffDirectory.Check(stream);
            Tiff.SetErrorHandler(Silence.Instance);
            using var tiff = Tiff.ClientOpen(name, "r", stream, new LeftOpen()) ?? throw new TiffException("its header is damaged");
            return read(tiff);
        }
        catch (Exception exception) when (exception is not (ImageException or OutOfMemoryException))
        {
            throw new ImageException(
                $"{name}: cannot be decoded as TIFF: {(exception is TiffException ? exception.Message : "it is cut off or damaged")}. Copy it again, or convert it to PNG."
            );
        }
    }

    // The stream stays its owner's.
    private sealed class LeftOpen : TiffStream
    {
        public override void Close(object clientData) { }
    }

    private sealed class Silence : TiffErrorHandler
    {
        public static Silence Instance { get; } = new();

        public override void WarningHandler(Tiff tif, string method, string format, params object[] args) { }

        public override void WarningHandlerExt(Tiff tif, object clientData, string method, string format, params object[] args) { }

        public override void ErrorHandler(Tiff tif, string method, string format, params object[] args) { }

        public override void ErrorHandlerExt(Tiff tif, object clientData, string method, string format, params object[] args) { }
    }
}

/// <summary>Why a TIFF cannot be read; the file's name is added where it is known.</summary>
internal sealed class TiffException(string message) : Exception(message);
