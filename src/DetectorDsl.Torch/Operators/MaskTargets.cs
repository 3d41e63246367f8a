using System.Numerics;
using DetectorDsl.Annotations;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Operators;

/// <summary>What the mask head is trained towards: each object's mask, cut out by a region and resampled.</summary>
public static class MaskTargets
{
    /// <summary>Cuts masks out by RoIAlign with scale 1 and adaptive sampling. Only the pixels of each region are drawn, one region at a time on each thread.</summary>
    /// <param name="masks">G masks of one image, all of its size.</param>
    /// <param name="boxes">P x 4, in pixels of the masks.</param>
    /// <param name="matched">P object indices, int64.</param>
    /// <param name="size">Cells per side, s.</param>
    /// <param name="aligned">Whether coordinates are shifted by half a pixel (mmdetection: true; torchvision: false).</param>
    /// <param name="threshold">Values become 1 from here on and 0 below; null keeps the averages.</param>
    /// <exception cref="ArgumentOutOfRangeException">A region belongs to an object that has no mask.</exception>
    /// <returns>P x s x s, in the precision of the boxes and on their device. Inputs on another device are copied to the host once.</returns>
    public static Tensor Crop(
        IReadOnlyList<RleMask> masks,
        Tensor boxes,
        Tensor matched,
        int size,
        bool aligned = true,
        double? threshold = 0.5
    )
    {
        ArgumentNullException.ThrowIfNull(masks);
        return CropPixels(new RunLengthMasks(masks), boxes, matched, size, aligned, threshold);
    }

    /// <summary>Cuts drawn masks out by RoIAlign with scale 1 and adaptive sampling.</summary>
    /// <param name="masks">G x H x W, uint8 0 or 1, of one image.</param>
    /// <param name="boxes">P x 4, in pixels of the masks.</param>
    /// <param name="matched">P object indices, int64.</param>
    /// <param name="size">Cells per side, s.</param>
    /// <param name="aligned">Whether coordinates are shifted by half a pixel (mmdetection: true; torchvision: false).</param>
    /// <param name="threshold">Values become 1 from here on and 0 below; null keeps the averages.</param>
    /// <exception cref="ArgumentOutOfRangeException">A region belongs to an object that has no mask.</exception>
    /// <returns>P x s x s, in the precision of the boxes and on their device. Inputs on another device are copied to the host once.</returns>
    public static Tensor Crop(Tensor masks, Tensor boxes, Tensor matched, int size, bool aligned = true, double? threshold = 0.5)
    {
        ArgumentNullException.ThrowIfNull(masks);
        using var scope = NewDisposeScope();
        return CropPixels(new DrawnMasks(CpuMemory.Contiguous(masks, ScalarType.Byte)), boxes, matched, size, aligned, threshold)
            .MoveToOuterDisposeScope();
    }

    private static Tensor CropPixels(MaskPixels masks, Tensor boxes, Tensor matched, int size, bool aligned, double? threshold)
    {
        ArgumentNullException.ThrowIfNull(boxes);
        ArgumentNullException.ThrowIfNull(matched);
        return TensorPrecision.IsDouble(boxes)
            ? CropPixels<double>(masks, boxes, matched, size, aligned, threshold)
            : CropPixels<float>(masks, boxes, matched, size, aligned, threshold);
    }

    private static unsafe Tensor CropPixels<T>(MaskPixels masks, Tensor boxes, Tensor matched, int size, bool aligned, double? threshold)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var scope = NewDisposeScope();
        var count = (int)boxes.shape[0];
        var targets = empty([count, size, size], dtype: TensorPrecision.TypeOf<T>());
        var regions = CpuMemory.Span<double>(CpuMemory.Contiguous(boxes, ScalarType.Float64)).ToArray();
        var objects = CpuMemory.Span<long>(CpuMemory.Contiguous(matched, ScalarType.Int64)).ToArray();
        if (Array.FindIndex(objects, item => item < 0 || item >= masks.Count) is var odd and >= 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(matched),
                $"Region {odd} belongs to object {objects[odd]}, and there are masks of {masks.Count} objects."
            );
        }

        var results = (nint)CpuMemory.Pointer<T>(targets);
        var geometry = new RoIAlignGeometry(size, size, 0, aligned);
        Parallel.For(
            0,
            count,
            () => new MaskRegion(geometry),
            (index, _, region) =>
            {
                region.Take(masks, (int)objects[index], regions.AsSpan(index * 4, 4));
                var target = (T*)results + ((long)index * size * size);
                for (var cell = 0; cell < size * size; cell++)
                {
                    var average = region.Average(cell / size, cell % size);
                    target[cell] =
                        threshold is not { } limit ? T.CreateTruncating(average)
                        : average >= limit ? T.One
                        : T.Zero;
                }

                return region;
            },
            _ => { }
        );
        return targets.to(boxes.device).MoveToOuterDisposeScope();
    }
}
