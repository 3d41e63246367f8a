using System.Numerics;
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
    /// <typeparam name="T">Precision of the box; what is between is in double precision.</typeparam>
    /// <param name="box">The box in the copy.</param>
    /// <returns>The box in the common frame.</returns>
    public Corners<T> ToCommon<T>(Corners<T> box)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var exact = box.To<double>();
        return (isFlipped ? exact.Flip(width) : exact).Scale(across, down).To<T>();
    }

    /// <summary>From the common frame into the copy.</summary>
    /// <typeparam name="T">Precision of the box; what is between is in double precision.</typeparam>
    /// <param name="box">The box in the common frame.</param>
    /// <returns>The box in the copy.</returns>
    public Corners<T> FromCommon<T>(Corners<T> box)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var wide = box.To<double>();
        var exact = new Corners<double>(wide.X1 / across, wide.Y1 / down, wide.X2 / across, wide.Y2 / down);
        return (isFlipped ? exact.Flip(width) : exact).To<T>();
    }

    /// <summary>All boxes from the common frame into the copy.</summary>
    /// <param name="boxes">P boxes.</param>
    /// <returns>As many, in the same precision.</returns>
    public Boxes AllFromCommon(Boxes boxes) => boxes.AreDouble ? Each<double>(boxes, FromCommon) : Each<float>(boxes, FromCommon);

    /// <summary>All boxes from the copy into the common frame.</summary>
    /// <param name="boxes">P boxes.</param>
    /// <returns>As many, in the same precision.</returns>
    public Boxes AllToCommon(Boxes boxes) => boxes.AreDouble ? Each<double>(boxes, ToCommon) : Each<float>(boxes, ToCommon);

    private static Boxes Each<T>(Boxes boxes, Converter<Corners<T>, Corners<T>> move)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Boxes.Of(Array.ConvertAll(boxes.In<T>().ToArray(), move));
}
