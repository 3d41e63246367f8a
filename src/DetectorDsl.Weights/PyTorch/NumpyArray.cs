using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Weights.PyTorch;

/// <summary>A numpy array as pickled: made empty, then given its state (version, shape, type, whether the first axis is the fastest, bytes).</summary>
/// <remarks>Source: numpy, core/src/multiarray/methods.c, array_reduce.</remarks>
internal sealed class NumpyArray : PickleState
{
    /// <summary>Type of the numbers; null for one that torch lacks.</summary>
    public ScalarType? Type { get; private set; }

    /// <summary>Lengths of the axes.</summary>
    public long[] Shape { get; private set; } = [];

    /// <summary>Whether the first axis runs fastest.</summary>
    public bool IsFortran { get; private set; }

    /// <summary>The numbers; null until the state is set.</summary>
    public PickleBytes? Values { get; private set; }

    /// <summary>numpy.core.multiarray._reconstruct(numpy.ndarray, (0,), b'b').</summary>
    public static object? Of(object?[] arguments) => arguments is [PickleGlobal { Name: "numpy.ndarray" }, ..] ? new NumpyArray() : null;

    /// <summary>Whether type and shape count exactly the bytes that are there.</summary>
    public bool IsWhole
    {
        get
        {
            try
            {
                return Type is { } type
                    && Values is not null
                    && Shape.All(length => length >= 0)
                    && Shape.Aggregate((long)type.ElementSize(), (product, length) => checked(product * Math.Max(length, 1))) is var whole
                    && (Shape.Contains(0) ? 0 : whole) == Values.Length;
            }
            catch (OverflowException)
            {
                return false;
            }
        }
    }

    /// <inheritdoc />
    public override bool TrySet(object? state)
    {
        if (
            state is not (object?[] and [_, object?[] { Length: <= FileValues.MostAxes } shape, NumpyType type, bool isFortran, var values])
            || !shape.All(length => length is long)
        )
        {
            return false;
        }

        // Arrays of texts or objects hold a list in place of bytes; none is a weight.
        (Type, Shape, IsFortran, Values) = (type.Type, [.. shape.Cast<long>()], isFortran, values as PickleBytes);
        return true;
    }
}
