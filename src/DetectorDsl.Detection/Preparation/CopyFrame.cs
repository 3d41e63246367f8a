using DetectorDsl.Structures;

namespace DetectorDsl.Detection.Preparation;

/// <summary>Takes boxes from a copy of an image into the frame that all copies share, and back.</summary>
/// <param name="copy">Size of the copy.</param>
/// <param name="isFlipped">Whether it is mirrored.</param>
/// <param name="common">Size of the common frame.</param>
internal readonly struct CopyFrame(ImageShape copy, bool isFlipped, ImageShape common)
{
    private readonly double across = (double)common.Width / copy.Width;
    private readonly double down = (double)common.Height / copy.Height;
    private readonly double width = copy.Width;

    /// <summary>From the copy into the common frame.</summary>
    /// <param name="box">The box in the copy.</param>
    /// <returns>The box in the common frame.</returns>
    public Corners<float> ToCommon(Corners<float> box)
    {
        var exact = box.To<double>();
        return (isFlipped ? exact.Flip(width) : exact).Scale(across, down).To<float>();
    }

    /// <summary>From the common frame into the copy.</summary>
    /// <param name="box">The box in the common frame.</param>
    /// <returns>The box in the copy.</returns>
    public Corners<float> FromCommon(Corners<float> box)
    {
        var exact = new Corners<double>(box.X1 / across, box.Y1 / down, box.X2 / across, box.Y2 / down);
        return (isFlipped ? exact.Flip(width) : exact).To<float>();
    }

    /// <summary>All boxes from the common frame into the copy.</summary>
    /// <param name="boxes">P boxes.</param>
    /// <returns>As many, in single precision.</returns>
    public Boxes AllFromCommon(Boxes boxes) => Each(boxes, FromCommon);

    /// <summary>All boxes from the copy into the common frame.</summary>
    /// <param name="boxes">P boxes.</param>
    /// <returns>As many, in single precision.</returns>
    public Boxes AllToCommon(Boxes boxes) => Each(boxes, ToCommon);

    private static Boxes Each(Boxes boxes, Converter<Corners<float>, Corners<float>> move) =>
        Boxes.Of(Array.ConvertAll(boxes.In<float>().ToArray(), move));
}
