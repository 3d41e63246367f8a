using System.Globalization;
using DetectorDsl.Annotations;

namespace DetectorDsl.Data.Images;

/// <summary>How large an image may be that is decoded: <see cref="InputBudget.MostPixels" />, unless the environment allows more.</summary>
internal static class PixelLimit
{
    /// <summary>The environment variable that sets another limit, in megapixels.</summary>
    public const string Variable = "DETECTORDSL_MEGAPIXELS";

    // Four bytes of a pixel are addressed by one int.
    private const long Addressable = int.MaxValue / 4;

    private static readonly long Most =
        long.TryParse(Environment.GetEnvironmentVariable(Variable), NumberStyles.None, CultureInfo.InvariantCulture, out var megapixels)
        && megapixels <= Addressable / 1_000_000
            ? megapixels * 1_000_000
            : InputBudget.MostPixels;

    /// <summary>Refuses a size, from a file's header alone.</summary>
    /// <param name="name">What messages call the file.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="share">The part of the limit that is open to the file: less where a format takes its pixels twice in memory.</param>
    /// <exception cref="ImageException">It is none, or too large.</exception>
    public static void Check(string name, long width, long height, int share = 1)
    {
        if (width < 1 || height < 1)
        {
            throw new ImageException($"{name}: its header states {width} x {height} pixels. Copy it again, or convert it.");
        }

        if (width > Addressable / height || width * height > Most / share)
        {
            throw new ImageException(
                $"{name}: {width} x {height} pixels are too many: {Most / share / 1_000_000} million can be read. Cut it into parts or scale it down; the environment variable {Variable} sets another limit, up to {Addressable / 1_000_000}."
            );
        }
    }
}
