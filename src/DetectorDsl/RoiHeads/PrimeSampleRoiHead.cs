namespace DetectorDsl;

/// <summary>One pass over the proposals in which regions that matter weigh more (PISA, Cao et al. 2020). It acts in training alone.</summary>
/// <remarks>
/// The classification loss has to tell each region's part (its <c>[Logits]</c> says <c>PerRegion = true</c>), and boxes are <see cref="DeltaBoxCoder" />'s. Losses that count, as
/// Seesaw Loss does, count a step's regions once, and probabilities are those that the loss itself makes of its logits. Source: mmdetection, pisa_roi_head.py and configs/pisa.
/// </remarks>
[Component]
public record PrimeSampleRoiHead : StandardRoiHead
{
    /// <summary>Which proposals the losses see. Default: 512 per image, at most a quarter positive, ground truth added, negatives ranked by their scores (ISR-N).</summary>
    public override BoxSampler Sampler { get; init; } = new ScoreRankedBoxSampler(512, 0.25);

    /// <summary>Weights of positive regions in the classification loss (ISR-P). Null: all weigh the same.</summary>
    public PositiveReweighting? Reweighting { get; init; } = new();

    /// <summary>The second box loss (CARL). Null: there is none.</summary>
    public ClassAwareRegression? Regression { get; init; } = new();
}
