using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>3x3 convolutions that learn where to sample their map (Dai et al. 2017; Zhu et al. 2019), in place of the ordinary ones of a backbone.</summary>
/// <remarks>
/// Another convolution (<c>conv2.conv_offset</c>), 0 at first, predicts a shift for each tap and, if modulated, a factor between 0 and 1.
/// The weights are the ordinary convolution's, so that a backbone's published weights load. Source: mmdetection, configs/dcn and configs/dcnv2.
/// </remarks>
/// <param name="Groups">Groups of channels that are sampled at places of their own. Default 1.</param>
/// <param name="Modulated">Whether samples have factors: version 2 (true, default) or version 1.</param>
[Component]
public record DeformableConvolution([Range(1, 64)] int Groups = 1, bool Modulated = true)
{
    /// <summary>The first of the maps C2 to C5 whose stage is deformable; those after it are, too. Default 3: C3 to C5.</summary>
    [Range(2, 5)]
    public int FirstStage { get; init; } = 3;
}
