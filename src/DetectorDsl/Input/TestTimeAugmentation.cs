using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>In which copies a trained detector of two stages looks at an image. Default: the image as it is.</summary>
/// <remarks>
/// Proposals of all copies are merged by suppression; boxes and scores of each are averaged over the copies, then selected once; so are the masks' probabilities.
/// Source: mmdetection, test_mixins.py and cascade_roi_head.py.
/// </remarks>
[Component]
public record TestTimeAugmentation
{
    /// <summary>Sizes of the copies as multiples of the size that <see cref="Preprocessing" /> states. Default 1.</summary>
    [TrainerOption, MinLength(1), Range(0.1, 10.0)]
    public ValueList<double> TestScales { get; init; } = [1.0];

    /// <summary>Whether every copy is looked at mirrored, too. Default false.</summary>
    [TrainerOption]
    public bool TestFlip { get; init; }
}
