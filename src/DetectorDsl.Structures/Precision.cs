using System.Numerics;
using System.Runtime.InteropServices;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace DetectorDsl.Structures;

/// <summary>What is done on the host in the precision of the network: double where the network is in double, else single.</summary>
internal static class Precision
{
    /// <summary>Numbers in another precision: rounded or widened; the same array where it is the same.</summary>
    public static TTo[] Of<TFrom, TTo>(TFrom[] numbers)
        where TFrom : unmanaged, IBinaryFloatingPointIeee754<TFrom>
        where TTo : unmanaged, IBinaryFloatingPointIeee754<TTo> =>
        numbers is TTo[] same ? same : Array.ConvertAll(numbers, TTo.CreateTruncating);

    /// <summary>The logarithm to base 2, which two interfaces of a number have.</summary>
    public static T Log2<T>(T number)
        where T : ILogarithmicFunctions<T> => T.Log2(number);

    /// <summary>Numbers in single precision.</summary>
    public static float[] Rounded(ReadOnlySpan<double> numbers)
    {
        var single = new float[numbers.Length];
        TensorPrimitives.ConvertTruncating(numbers, single);
        return single;
    }

    /// <summary>The same memory, of the type that it is of.</summary>
    public static Span<TTo> As<T, TTo>(Span<T> numbers)
        where T : unmanaged
        where TTo : unmanaged => MemoryMarshal.Cast<T, TTo>(numbers);

    /// <summary>The same memory, of the type that it is of.</summary>
    public static ReadOnlySpan<TTo> As<T, TTo>(ReadOnlySpan<T> numbers)
        where T : unmanaged
        where TTo : unmanaged => MemoryMarshal.Cast<T, TTo>(numbers);
}
