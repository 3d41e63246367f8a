using System.Numerics;
using DetectorDsl.Annotations;
using DetectorDsl.Structures;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Operators;

/// <summary>What the mask head is trained towards: each object's mask, cut out by a region and resampled.</summary>
public static class MaskTargets
{
    /// <summary>Cuts masks out by RoIAlign with scale 1 and adaptive sampling. Only the pixels of each RoI are drawn, one RoI at a time on each thread.</summary>
    /// <param name="masks">G masks of one image, all of its size.</param>
    /// <param name="boxes">P RoIs, in pixels of the masks.</param>
    /// <param name="matched">P object indices.</param>
    /// <param name="size">Cells per side, s.</param>
    /// <param name="aligned">Whether coordinates are shifted by half a pixel (mmdetection: true; torchvision: false).</param>
    /// <param name="threshold">Values become 1 from here on and 0 below; null keeps the averages.</param>
    /// <exception cref="ArgumentOutOfRangeException">A RoI belongs to an object that has no mask.</exception>
    /// <returns>P x s x s on the CPU, in the precision of the boxes.</returns>
    public static Tensor Crop(
        IReadOnlyList<RleMask> masks,
        Boxes boxes,
        long[] matched,
        int size,
        bool aligned = true,
        double? threshold = 0.5
    )
    {
        ArgumentNullException.ThrowIfNull(masks);
        return CropPixels(new RunLengthMasks(masks), boxes, matched, size, aligned, threshold);
    }

    /// <summary>Cuts drawn masks out by RoIAlign with scale 1 and adaptive sampling.</summary>
    /// <param name="masks">G x H x W, uint8 0 or 1, of one image. One copy to the host where they are on another device.</param>
    /// <param name="boxes">P RoIs, in pixels of the masks.</param>
    /// <param name="matched">P object indices.</param>
    /// <param name="size">Cells per side, s.</param>
    /// <param name="aligned">Whether coordinates are shifted by half a pixel (mmdetection: true; torchvision: false).</param>
    /// <param name="threshold">Values become 1 from here on and 0 below; null keeps the averages.</param>
    /// <exception cref="ArgumentOutOfRangeException">A RoI belongs to an object that has no mask.</exception>
    /// <returns>P x s x s on the CPU, in the precision of the boxes.</returns>
    public static Tensor Crop(Tensor masks, Boxes boxes, long[] matched, int size, bool aligned = true, double? threshold = 0.5)
    {
        ArgumentNullException.ThrowIfNull(masks);
        using var scope = NewDisposeScope();
        return CropPixels(new DrawnMasks(CpuMemory.Contiguous(masks, ScalarType.Byte)), boxes, matched, size, aligned, threshold)
            .MoveToOuterDisposeScope();
    }

    private static Tensor CropPixels(MaskPixels masks, Boxes boxes, long[] matched, int size, bool aligned, double? threshold)
    {
        ArgumentNullException.ThrowIfNull(boxes);
        ArgumentNullException.ThrowIfNull(matched);
        if (Array.FindIndex(matched, item => item < 0 || item >= masks.Count) is var odd and >= 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(matched),
                $"Region {odd} belongs to object {matched[odd]}, and there are masks of {masks.Count} objects."
            );
        }

        return boxes.AreDouble
            ? CropPixels<double>(masks, boxes, matched, size, aligned, threshold)
            : CropPixels<float>(masks, boxes, matched, size, aligned, threshold);
    }

    private static unsafe Tensor CropPixels<T>(MaskPixels masks, Boxes boxes, long[] matched, int size, bool aligned, double? threshold)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var targets = empty([boxes.Count, size, size], dtype: TensorPrecision.TypeOf<T>());
        var results = (nint)CpuMemory.Pointer<T>(targets);
        var geometry = new RoIAlignGeometry(size, size, 0, aligned);
        Parallel.For(
            0,
            boxes.Count,
            () => new MaskRegion(geometry),
            (index, _, region) =>
            {
                region.Take(masks, (int)matched[index], boxes[index]);
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
        return targets;
    }
}
