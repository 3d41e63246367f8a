using DetectorDsl;

namespace LongTail;

/// <summary>The classes of the pretraining: five other silhouettes, six members each, equally frequent.</summary>
[CategorySet("rendered_tail-pretraining_categories.json")]
public static partial class PretrainingShapes;

/// <summary>Gives all rows their first weights, as training on ImageNet does elsewhere. None of its classes occurs in the experiment.</summary>
[Detector, Categories(typeof(PretrainingShapes))]
public partial record Pretraining : TailMaskRcnn
{
    /// <inheritdoc />
    public override Schedule Schedule => new Cosine { WarmupSteps = 100 };

    /// <inheritdoc />
    public override TrainingPlan Training => base.Training with { Epochs = 8 };
}
