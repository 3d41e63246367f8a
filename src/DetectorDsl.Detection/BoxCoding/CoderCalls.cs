using System.Numerics;
using DetectorDsl.Structures;

namespace DetectorDsl.Detection.BoxCoding;

/// <summary>Coders asked in the precision that is at hand: single or double.</summary>
internal static class CoderCalls
{
    /// <summary>What a head is to predict for a box.</summary>
    public static void EncodeTargetIn<T>(this IBoxCoder coder, ReadOnlySpan<T> box, ReadOnlySpan<T> target, Span<T> numbers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(double))
        {
            coder.EncodeTarget(Precision.As<T, double>(box), Precision.As<T, double>(target), Precision.As<T, double>(numbers));
        }
        else
        {
            coder.EncodeTarget(Precision.As<T, float>(box), Precision.As<T, float>(target), Precision.As<T, float>(numbers));
        }
    }

    /// <summary>The box that predicted numbers take a box to.</summary>
    public static void DecodeWithinIn<T>(
        this IBoxDecoder decoder,
        ReadOnlySpan<T> box,
        ReadOnlySpan<T> numbers,
        ImageShape shape,
        Span<T> decoded
    )
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(double))
        {
            decoder.DecodeWithin(
                Precision.As<T, double>(box),
                Precision.As<T, double>(numbers),
                shape.Height,
                shape.Width,
                Precision.As<T, double>(decoded)
            );
        }
        else
        {
            decoder.DecodeWithin(
                Precision.As<T, float>(box),
                Precision.As<T, float>(numbers),
                shape.Height,
                shape.Width,
                Precision.As<T, float>(decoded)
            );
        }
    }
}
