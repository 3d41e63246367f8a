using System.Numerics;
using System.Numerics.Tensors;
using DetectorDsl.Native;
using DetectorDsl.Torch.Operators;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace DetectorDsl.Torch.Losses;

/// <summary>Magnitudes of a gradient by class, split by whose region they come from.</summary>
internal static class GradientSums
{
    // A fixed number, so that the order of the additions never depends on the machine.
    private const int Portions = 16;

    /// <summary>The sums of a step.</summary>
    /// <param name="gradient">R x K.</param>
    /// <param name="labels">R labels, 0 to C.</param>
    /// <param name="columns">Column of each class; null for the first C.</param>
    /// <param name="classes">C.</param>
    /// <returns>3 x C, double precision, on the gradient's device: own regions, those of other classes, background.</returns>
    public static Tensor Of(Tensor gradient, Tensor labels, long[]? columns, int classes)
    {
        if (!CpuMemory.IsFast(gradient))
        {
            return Composed(gradient, labels, columns, classes);
        }

        return gradient.dtype == ScalarType.Float32
            ? Fused<float>(gradient, labels, columns, classes)
            : Fused<double>(gradient, labels, columns, classes);
    }

    /// <summary>The same from library operators, on any device.</summary>
    public static Tensor Composed(Tensor gradient, Tensor labels, long[]? columns, int classes)
    {
        using var scope = NewDisposeScope();
        var magnitude = (
            columns is null ? gradient.narrow(1, 0, classes) : gradient.index_select(1, tensor(columns, device: gradient.device))
        )
            .to(ScalarType.Float64)
            .abs();
        var foreground = labels.lt(Scalars.Of(classes));
        var place = labels.clamp(max: Scalars.Of(classes - 1)).unsqueeze(1);
        var own = magnitude.gather(1, place);
        var positive = zeros([classes], dtype: ScalarType.Float64, device: gradient.device)
            .scatter_add(0, place.squeeze(1), own.squeeze(1) * foreground.to(ScalarType.Float64));
        var rest = magnitude.scatter(1, place, own * foreground.logical_not().unsqueeze(1).to(ScalarType.Float64));
        var sides = stack([foreground.to(ScalarType.Float64), foreground.logical_not().to(ScalarType.Float64)]);
        return cat([positive.unsqueeze(0), sides.matmul(rest)]).MoveToOuterDisposeScope();
    }

    private static unsafe Tensor Fused<T>(Tensor gradient, Tensor labels, long[]? columns, int classes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var scope = NewDisposeScope();
        var label = RegionLabels.OnHost(labels, classes);
        var width = (int)gradient.shape[1];
        var contiguous = CpuMemory.Contiguous(gradient, gradient.dtype);
        var values = (nint)CpuMemory.Pointer<T>(contiguous);
        var partial = new double[Portions][];
        Parallel.For(0, Portions, portion =>
        {
            // Own regions, other classes' and background's, a row of the width each; then a row of scratch.
            var sums = partial[portion] = new double[4 * width];
            var wide = sums.AsSpan(3 * width);
            var magnitudes = new T[width];
            var (first, end) = (label.Length * (long)portion / Portions, label.Length * (long)(portion + 1) / Portions);
            for (var row = first; row < end; row++)
            {
                TensorPrimitives.Abs(new ReadOnlySpan<T>((T*)values + (row * width), width), magnitudes);
                TensorPrimitives.ConvertTruncating<T, double>(magnitudes, wide);
                var isForeground = label[row] < classes;
                if (isForeground)
                {
                    var own = columns is null ? (int)label[row] : (int)columns[label[row]];
                    sums[own] += wide[own];
                    wide[own] = 0;
                }

                var target = sums.AsSpan((isForeground ? 1 : 2) * width, width);
                TensorPrimitives.Add(target, wide, target);
            }
        });

        var total = new double[3 * classes];
        foreach (var sums in partial)
        {
            for (var side = 0; side < 3; side++)
            {
                for (var c = 0; c < classes; c++)
                {
                    total[(side * classes) + c] += sums[(side * width) + (columns is null ? c : (int)columns[c])];
                }
            }
        }

        return tensor(total, [3, classes]).MoveToOuterDisposeScope();
    }
}
