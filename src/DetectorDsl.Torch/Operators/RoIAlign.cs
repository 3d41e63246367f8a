using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Operators;

/// <summary>RoIAlign (He et al. 2017, section 3): cells of bilinear samples, averaged.</summary>
/// <remarks>The rules at borders and for empty regions are those of torchvision's <c>roi_align</c>.</remarks>
public static class RoIAlign
{
    /// <summary>Cuts regions out of one feature map.</summary>
    /// <param name="features">N x C x H x W.</param>
    /// <param name="rois">R x 5: image index, x1, y1, x2, y2 in pixels of the image.</param>
    /// <param name="outputHeight">Cells down.</param>
    /// <param name="outputWidth">Cells across.</param>
    /// <param name="spatialScale">Pixels of the map per pixel of the image: 1 / stride.</param>
    /// <param name="samplingRatio">Samples per cell and axis; 0 or less adapts to the region.</param>
    /// <param name="aligned">Whether coordinates are shifted by half a pixel.</param>
    /// <returns>R x C x outputHeight x outputWidth. One copy of the regions to the host.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A region names an image that the map does not hold.</exception>
    /// <exception cref="ArgumentException">The map is empty.</exception>
    public static Tensor Apply(
        Tensor features,
        Tensor rois,
        int outputHeight,
        int outputWidth,
        double spatialScale,
        int samplingRatio,
        bool aligned
    )
    {
        ArgumentNullException.ThrowIfNull(features);
        var geometry = new RoIAlignGeometry(outputHeight, outputWidth, samplingRatio, aligned);
        return CpuMemory.IsFast(features)
            ? RoIAlignFunction.Apply(new RoIAlignCall(RoiRows.Of(rois), null, [spatialScale], geometry), [features])
            : ComposedRoIAlign.Apply(features, rois, spatialScale, geometry);
    }
}
