using System.Numerics;
using DetectorDsl.Structures;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Operators;

/// <summary>RoIAlign on a pyramid: each RoI from the level that fits its size (FPN, equation 1).</summary>
public sealed class MultiLevelRoIAlign
{
    private readonly RoIAlignGeometry geometry;
    private readonly double[] scales;
    private readonly double finestScale;

    /// <summary>Fixes the pyramid and the sampling.</summary>
    /// <param name="outputSize">Cells per side.</param>
    /// <param name="samplingRatio">Samples per cell and axis; 0 adapts to the region.</param>
    /// <param name="aligned">Whether coordinates are shifted by half a pixel.</param>
    /// <param name="strides">Stride of each level used, finest first.</param>
    /// <param name="finestScale">Side in pixels of regions at the border between the finest level and none finer; default 56.</param>
    public MultiLevelRoIAlign(int outputSize, int samplingRatio, bool aligned, IReadOnlyList<int> strides, double finestScale = 56)
    {
        ArgumentNullException.ThrowIfNull(strides);
        geometry = new RoIAlignGeometry(outputSize, outputSize, samplingRatio, aligned);
        scales = [.. strides.Select(stride => 1.0 / stride)];
        this.finestScale = finestScale;
    }

    /// <summary>Level of each RoI: floor(log2(sqrt(w h) / finestScale + 1e-6)), limited to the levels there are.</summary>
    /// <param name="rois">R RoIs.</param>
    /// <returns>R levels, 0 for the finest.</returns>
    public int[] Levels(Rois rois) => Levels(RoiRows.Of(rois));

    /// <summary>The same for RoIs of a tensor.</summary>
    /// <param name="rois">R x 5: image index, x1, y1, x2, y2. One copy to the host where they are on another device.</param>
    /// <returns>R levels, 0 for the finest.</returns>
    public int[] Levels(Tensor rois) => Levels(RoiRows.Of(rois));

    /// <summary>Cuts RoIs out.</summary>
    /// <param name="levels">The maps, finest first, N x C x H x W each; more than there are strides may be given, the rest is not used.</param>
    /// <param name="rois">R RoIs, in pixels of the images.</param>
    /// <returns>R x C x outputSize x outputSize, in the order of the RoIs.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are RoIs of an image that the maps do not hold.</exception>
    /// <exception cref="ArgumentException">There are fewer maps than strides, or they differ in type or channels.</exception>
    public Tensor Extract(IReadOnlyList<Tensor> levels, Rois rois) => Extract(levels, RoiRows.Of(rois));

    /// <summary>Cuts RoIs of a tensor out, images in any order.</summary>
    /// <param name="levels">The maps, finest first, N x C x H x W each; more than there are strides may be given, the rest is not used.</param>
    /// <param name="rois">R x 5: image index, x1, y1, x2, y2 in pixels of the image. One copy to the host where they are on another device.</param>
    /// <returns>R x C x outputSize x outputSize, in the order of the RoIs.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A RoI names an image that the maps do not hold.</exception>
    /// <exception cref="ArgumentException">There are fewer maps than strides, or they differ in type or channels.</exception>
    public Tensor Extract(IReadOnlyList<Tensor> levels, Tensor rois) => Extract(levels, RoiRows.Of(rois));

    private Tensor Extract(IReadOnlyList<Tensor> levels, RoiRows rois)
    {
        ArgumentNullException.ThrowIfNull(levels);
        if (levels.Count < scales.Length)
        {
            throw new ArgumentException($"RoIAlign over {scales.Length} levels got {levels.Count} maps.", nameof(levels));
        }

        var used = levels.Take(scales.Length).ToList();
        var levelOf = Levels(rois);
        return CpuMemory.IsFast(used[0])
            ? RoIAlignFunction.Apply(new RoIAlignCall(rois, levelOf, scales, geometry), used)
            : ComposedRoIAlign.Apply(used, rois, levelOf, scales, geometry);
    }

    private int[] Levels(RoiRows rois) => rois.AreDouble ? Levels<double>(rois) : Levels<float>(rois);

    private int[] Levels<T>(RoiRows rois)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var values = rois.In<T>();
        var (finest, little, last) = (T.CreateTruncating(finestScale), T.CreateTruncating(1e-6), T.CreateTruncating(scales.Length - 1));
        var levels = new int[rois.Count];
        for (var i = 0; i < levels.Length; i++)
        {
            var area = T.Max(T.Zero, values[(i * 5) + 3] - values[(i * 5) + 1]) * T.Max(T.Zero, values[(i * 5) + 4] - values[(i * 5) + 2]);
            levels[i] = int.CreateTruncating(T.Clamp(T.Floor(Precision.Log2((T.Sqrt(area) / finest) + little)), T.Zero, last));
        }

        return levels;
    }
}
