using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>Balanced feature pyramid (Pang et al. 2019, Libra R-CNN, section 3.2): the mean of all levels of another neck, refined, is added to each of them.</summary>
/// <remarks>
/// Levels are brought to one size by the maximum of cells where they are finer, by the nearest cell where they are coarser, and back likewise. All levels need the same channels.
/// Parameter names: those of the inner neck after <c>0</c>, then <c>1.refine</c>. Source: mmdetection, mmdet/models/necks/bfp.py.
/// </remarks>
[Component]
public record BalancedFeaturePyramid : Neck
{
    /// <summary>The neck whose levels are balanced. Default: a feature pyramid of five levels with 256 channels.</summary>
    public Neck Inner { get; init; } = new Fpn();

    /// <summary>Index of the level at whose size the mean is taken, 0 for the finest. Default 2; 1 in Libra RetinaNet.</summary>
    [Range(0, 7)]
    public int RefineLevel { get; init; } = 2;

    /// <summary>What is done to the mean; null for nothing. Default: a non-local block.</summary>
    public PyramidRefinement? Refinement { get; init; } = new NonLocalRefinement();
}
