using DetectorDsl.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Detection.BoxCoding;

/// <summary>Offsets that a box head predicts for every class, or once for all.</summary>
public static class BoxOffsets
{
    /// <summary>The offsets of some regions for their classes.</summary>
    /// <param name="offsets">R x 4 C, or R x 4 where boxes are class-agnostic.</param>
    /// <param name="rows">P rows.</param>
    /// <param name="labels">P classes, 0 to C - 1.</param>
    /// <returns>P x 4.</returns>
    public static Tensor OfClass(Tensor offsets, Tensor rows, Tensor labels)
    {
        ArgumentNullException.ThrowIfNull(offsets);
        ArgumentNullException.ThrowIfNull(labels);
        using var scope = NewDisposeScope();
        var chosen = offsets.index_select(0, rows);
        return chosen.shape[1] == 4
            ? chosen.MoveToOuterDisposeScope()
            : chosen
                .view(-1, chosen.shape[1] / 4, 4)
                .index([Arithmetic.Range(labels.shape[0], ScalarType.Int64, labels.device), labels])
                .MoveToOuterDisposeScope();
    }
}
