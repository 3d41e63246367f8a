using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>Feature pyramid network (Lin et al. 2017): 1x1 laterals, top-down sums by nearest up-sampling, 3x3 outputs.</summary>
/// <remarks>
/// Yields Levels maps of Channels each, from the backbone's map StartLevel on; levels beyond the backbone's are made as ExtraLevels says.
/// Parameter names: <c>lateral_convs.i.conv</c>, <c>fpn_convs.i.conv</c>, where the indices count on into the convolutions of the further levels. Source: mmdetection, mmdet/models/necks/fpn.py.
/// </remarks>
/// <param name="Channels">Channels of every output. Default 256.</param>
/// <param name="Levels">Outputs; at least as many as maps of the backbone are used. Default 5.</param>
[Component]
public record Fpn([Range(1, 4096)] int Channels = 256, [Range(1, 8)] int Levels = 5) : Neck
{
    /// <summary>Index of the first map of the backbone that is used; finer ones are left out. Default 0; 1 in RetinaNet and FCOS, whose pyramids begin at stride 8.</summary>
    [Range(0, 7)]
    public int StartLevel { get; init; }

    /// <summary>Where levels beyond the backbone's come from. Default: subsampled from the coarsest output.</summary>
    public ExtraLevels ExtraLevels { get; init; } = ExtraLevels.Subsampled;

    /// <summary>Whether ReLU comes before each convolution of a further level but the first (RetinaNet, section 4: P7 from ReLU of P6). Default false.</summary>
    public bool ReluBetweenExtraLevels { get; init; }

    /// <summary>
    /// Normalisation after each convolution, which then has no bias; null (default) for none. Its names: <c>lateral_convs.i.bn</c>,
    /// <c>fpn_convs.i.bn</c> (or <c>gn</c>).
    /// </summary>
    public Normalization? Norm { get; init; }
}
