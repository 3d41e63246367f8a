using System.Numerics;
using DetectorDsl.Structures;
using DetectorDsl.Torch.Operators;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Detection.Targets;

/// <summary>Where anchors are to be: at the centres of objects, each on the level of its size.</summary>
/// <remarks>
/// On its level an object's inner region counts as one, the region around it counts as nothing; that region counts as nothing on the two neighbouring levels as well,
/// and everything else counts as empty, with a small weight. Source: Wang et al. 2019, section 3.1; mmdetection, guided_anchor_head.py, ga_loc_targets.
/// </remarks>
/// <param name="scale">Side of the levels' squares in strides.</param>
/// <param name="strides">Stride of each level in pixels.</param>
/// <param name="centreShare">Share of an object's width and height that is its inner region.</param>
/// <param name="ignoredShare">Share of an object's width and height outside of which everything is empty.</param>
public sealed class LocationTargets(double scale, IReadOnlyList<int> strides, double centreShare = 0.2, double ignoredShare = 0.5)
{
    private const float EmptyWeight = 0.1f;
    private const float Undecided = -1;

    // mmdetection divides by the number of places over 200, so that the term is of the others' size.
    private const double PlacesPerUnit = 200;

    /// <summary>Computes the targets.</summary>
    /// <param name="pyramid">Maps of the levels, N x C x h x w each; K places in all.</param>
    /// <param name="truths">Objects of the N images.</param>
    /// <param name="device">Device of the results.</param>
    /// <returns>The targets.</returns>
    public LocationTargetSet Compute(IReadOnlyList<Tensor> pyramid, IReadOnlyList<GroundTruth> truths, Device device)
    {
        ArgumentNullException.ThrowIfNull(pyramid);
        ArgumentNullException.ThrowIfNull(truths);
        Plane[] planes = [.. Planes(pyramid)];
        var count = planes.Sum(plane => plane.Height * plane.Width);
        var (labels, weights) = (new long[truths.Count * count], new float[truths.Count * count]);
        Array.Fill(labels, 1);
        Array.Fill(weights, Undecided);
        var isDouble = TensorPrecision.IsDouble(pyramid[0]);
        Parallel.For(0, truths.Count, image =>
        {
            if (isDouble)
            {
                Mark(truths[image].Boxes.In<double>(), planes, labels.AsSpan(image * count, count), weights.AsSpan(image * count, count));
            }
            else
            {
                Mark(truths[image].Boxes.In<float>(), planes, labels.AsSpan(image * count, count), weights.AsSpan(image * count, count));
            }
        });
        return new LocationTargetSet(tensor(labels, device: device), tensor(weights, device: device), labels.Length / PlacesPerUnit);
    }

    private static IEnumerable<Plane> Planes(IReadOnlyList<Tensor> pyramid)
    {
        var first = 0;
        foreach (var map in pyramid)
        {
            var plane = new Plane(first, (int)map.shape[2], (int)map.shape[3]);
            first += plane.Height * plane.Width;
            yield return plane;
        }
    }

    private void Mark<T>(ReadOnlySpan<Corners<T>> boxes, Plane[] planes, Span<long> labels, Span<float> weights)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var beside = new bool[weights.Length];
        foreach (var box in boxes)
        {
            var level = LevelOf(box, planes.Length);
            var (around, inner) = (RegionOf(box, level, planes, ignoredShare), RegionOf(box, level, planes, centreShare));
            planes[level].Fill(labels, inner, 0);
            planes[level].Fill(weights, around, 0);
            planes[level].Fill(weights, inner, 1);
            foreach (var neighbour in new[] { level - 1, level + 1 }.Where(neighbour => neighbour >= 0 && neighbour < planes.Length))
            {
                planes[neighbour].Fill(beside.AsSpan(), RegionOf(box, neighbour, planes, ignoredShare), value: true);
            }
        }

        for (var place = 0; place < weights.Length; place++)
        {
            if (weights[place] == Undecided)
            {
                weights[place] = beside[place] ? 0 : EmptyWeight;
            }
        }
    }

    private int LevelOf<T>(Corners<T> box, int levels)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var side = T.Sqrt(box.Area);
        var level = T.Floor(Precision.Log2(side) - Precision.Log2(T.CreateTruncating(scale * strides[0])) + T.CreateTruncating(0.5));
        return int.CreateTruncating(T.Clamp(level, T.Zero, T.CreateTruncating(levels - 1)));
    }

    /// <summary>The share of a box around its centre in cells of a level: first and last column and row.</summary>
    private Region RegionOf<T>(Corners<T> box, int level, Plane[] planes, double share)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (near, far) = (T.CreateTruncating((1 - share) / 2), T.CreateTruncating(1 - ((1 - share) / 2)));
        var stride = T.CreateTruncating(strides[level]);
        var (x1, y1, x2, y2) = (box.X1 / stride, box.Y1 / stride, box.X2 / stride, box.Y2 / stride);
        return new Region(
            Cell((far * x1) + (near * x2), planes[level].Width),
            Cell((far * y1) + (near * y2), planes[level].Height),
            Cell((near * x1) + (far * x2), planes[level].Width),
            Cell((near * y1) + (far * y2), planes[level].Height)
        );
    }

    private static int Cell<T>(T place, int size)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        int.CreateTruncating(T.Clamp(T.Round(place), T.Zero, T.CreateTruncating(size)));

    private readonly record struct Region(int Left, int Top, int Right, int Bottom);

    /// <summary>A level's places within those of an image.</summary>
    private readonly record struct Plane(int First, int Height, int Width)
    {
        public void Fill<T>(Span<T> values, Region region, T value)
        {
            for (var row = region.Top; row <= Math.Min(region.Bottom, Height - 1); row++)
            {
                for (var column = region.Left; column <= Math.Min(region.Right, Width - 1); column++)
                {
                    values[First + (row * Width) + column] = value;
                }
            }
        }
    }
}

/// <summary>Targets of the locations over a batch of N images with K places each.</summary>
/// <param name="Labels">N K: 0 where an anchor is to be, 1 elsewhere, as a classification loss of one class takes it.</param>
/// <param name="Weights">N K weights.</param>
/// <param name="Divisor">What the loss is divided by.</param>
public sealed record LocationTargetSet(Tensor Labels, Tensor Weights, double Divisor);
