using System.Collections.Immutable;
using static TorchSharp.torch;

namespace DetectorDsl.Weights.PyTorch;

/// <summary>numpy's type of the numbers of an array, as pickled: a code, then a state that tells the order of bytes.</summary>
internal sealed class NumpyType(ScalarType? type) : PickleState
{
    private static readonly ImmutableDictionary<string, ScalarType> Codes = new Dictionary<string, ScalarType>
    {
        ["f8"] = ScalarType.Float64,
        ["f4"] = ScalarType.Float32,
        ["f2"] = ScalarType.Float16,
        ["i8"] = ScalarType.Int64,
        ["i4"] = ScalarType.Int32,
        ["i2"] = ScalarType.Int16,
        ["i1"] = ScalarType.Int8,
        ["u1"] = ScalarType.Byte,
        ["b1"] = ScalarType.Bool,
    }.ToImmutableDictionary();

    /// <summary>The type; null for one that torch lacks (texts, objects, the other order of bytes).</summary>
    public ScalarType? Type { get; private set; } = type;

    /// <summary>numpy.dtype(code, ...).</summary>
    public static object? Of(object?[] arguments) =>
        arguments is [string code, ..] ? new NumpyType(Codes.TryGetValue(code, out var type) ? type : null) : null;

    /// <inheritdoc />
    public override bool TrySet(object? state)
    {
        if (state is not (object?[] and [_, string, ..]))
        {
            return false;
        }

        Type = state is object?[] and [_, "<" or "|" or "=", ..] ? Type : null;
        return true;
    }
}
