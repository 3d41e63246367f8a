using System.Numerics;
using DetectorDsl.Detection.BoxCoding;
using DetectorDsl.Detection.Matching;
using DetectorDsl.Structures;
using DetectorDsl.Torch.Operators;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Detection.Targets;

/// <summary>What a dense head without anchors is trained towards: the class of every location, and distances and centre-ness of the positive ones.</summary>
/// <remarks>
/// A location goes to the smallest object whose box it lies in, near its centre where that is asked for, and whose farthest side is between half of the reach
/// and the reach of its level; the first level has no lower bound, the last no upper one.
/// Source: FCOS, section 3; mmdetection, fcos_head.py; torchvision, fcos.py.
/// </remarks>
/// <param name="coder">Form of the distances.</param>
/// <param name="classes">C; the label of background.</param>
/// <param name="centreRadius">Only locations within this many strides of the box's centre, in x and y, are positive; 0 for no bound.</param>
/// <param name="reach">Largest distance of a side in units of the level's stride.</param>
/// <param name="closedRanges">Whether both bounds of a level belong to it.</param>
public sealed class PointTargets(DistanceBoxCoder coder, int classes, double centreRadius = 0, double reach = 8, bool closedRanges = true)
{
    /// <summary>Computes the targets.</summary>
    /// <param name="cells">Cells of the locations of each level, one stride wide, K in all; in their precision targets are computed.</param>
    /// <param name="truths">Objects of the N images.</param>
    /// <param name="device">Device of the results.</param>
    /// <returns>The targets.</returns>
    public PointTargetSet Compute(IReadOnlyList<Boxes> cells, IReadOnlyList<GroundTruth> truths, Device device)
    {
        ArgumentNullException.ThrowIfNull(cells);
        ArgumentNullException.ThrowIfNull(truths);
        return Boxes.AnyDouble(cells) ? Compute<double>(cells, truths, device) : Compute<float>(cells, truths, device);
    }

    private PointTargetSet Compute<T>(IReadOnlyList<Boxes> cells, IReadOnlyList<GroundTruth> truths, Device device)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var count = cells.Sum(level => level.Count);
        var assigned = new int[truths.Count][];
        Parallel.For(0, truths.Count, image => assigned[image] = Assign(cells, truths[image].Boxes.In<T>(), count));

        var labels = new long[truths.Count * count];
        var (positive, distances, centreness) = (new List<long>(), new List<T>(), new List<T>());
        Span<T> distance = stackalloc T[4];
        for (var image = 0; image < truths.Count; image++)
        {
            var row = 0;
            var boxes = truths[image].Boxes.In<T>();
            foreach (var level in cells)
            {
                foreach (var cell in level.In<T>())
                {
                    var matched = assigned[image][row];
                    labels[(image * count) + row] = matched >= 0 ? truths[image].Labels[matched] : classes;
                    if (matched >= 0)
                    {
                        coder.Encode(cell, boxes[matched], distance);
                        positive.Add(((long)image * count) + row);
                        distances.AddRange(distance);
                        centreness.Add(Centreness<T>(distance));
                    }

                    row++;
                }
            }
        }

        return new PointTargetSet(
            HostOrigin.Upload(labels, device),
            tensor(positive.ToArray(), device: device),
            TensorPrecision.ToTensor(distances.ToArray(), [positive.Count, 4], device),
            TensorPrecision.ToTensor(centreness.ToArray(), [positive.Count], device),
            centreness.Sum(double.CreateTruncating)
        );
    }

    /// <summary>Root of the product of the ratios of nearer and farther side, across and down (FCOS, equation 3).</summary>
    private static T Centreness<T>(ReadOnlySpan<T> distances)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        T.Sqrt(
            T.Min(distances[0], distances[2])
                / T.Max(distances[0], distances[2])
                * (T.Min(distances[1], distances[3]) / T.Max(distances[1], distances[3]))
        );

    private int[] Assign<T>(IReadOnlyList<Boxes> levels, ReadOnlySpan<Corners<T>> objects, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var assigned = new int[count];
        var (row, two) = (0, T.CreateTruncating(2));
        for (var level = 0; level < levels.Count; level++)
        {
            var cells = levels[level].In<T>();
            var stride = cells.IsEmpty ? 1 : double.CreateTruncating(cells[0].Width);
            var least = level == 0 ? T.NegativeInfinity : T.CreateTruncating(reach * stride / 2);
            var most = level == levels.Count - 1 ? T.PositiveInfinity : T.CreateTruncating(reach * stride);
            foreach (var cell in cells)
            {
                assigned[row++] = Smallest(
                    (cell.X1 + cell.X2) / two,
                    (cell.Y1 + cell.Y2) / two,
                    objects,
                    least,
                    most,
                    T.CreateTruncating(centreRadius * stride)
                );
            }
        }

        return assigned;
    }

    private int Smallest<T>(T x, T y, ReadOnlySpan<Corners<T>> objects, T least, T most, T radius)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (chosen, smallest) = (Assignment.Negative, T.PositiveInfinity);
        var two = T.CreateTruncating(2);
        for (var g = 0; g < objects.Length; g++)
        {
            var box = objects[g];
            var (left, top, right, bottom) = (x - box.X1, y - box.Y1, box.X2 - x, box.Y2 - y);
            var farthest = T.Max(T.Max(left, right), T.Max(top, bottom));
            var isNear = radius == T.Zero || T.Max(T.Abs(x - ((box.X1 + box.X2) / two)), T.Abs(y - ((box.Y1 + box.Y2) / two))) < radius;
            var isInside = T.Min(T.Min(left, right), T.Min(top, bottom)) > T.Zero;
            var isInRange = closedRanges ? farthest >= least && farthest <= most : farthest > least && farthest < most;
            if (isInside && isNear && isInRange && box.Area < smallest)
            {
                (chosen, smallest) = (g, box.Area);
            }
        }

        return chosen;
    }
}

/// <summary>Targets of a dense head without anchors over a batch; indices run over N x K locations.</summary>
/// <param name="Labels">N K classes, 0 to C.</param>
/// <param name="Positive">P indices of the positive locations.</param>
/// <param name="Distances">P x 4: left, top, right, bottom.</param>
/// <param name="Centreness">P numbers, 0 to 1.</param>
/// <param name="CentrenessSum">Their sum.</param>
public sealed record PointTargetSet(Tensor Labels, Tensor Positive, Tensor Distances, Tensor Centreness, double CentrenessSum)
{
    /// <summary>Number of positive locations, P; at least 1, as a divisor.</summary>
    public double Divisor => Math.Max(1, Positive.shape[0]);
}
