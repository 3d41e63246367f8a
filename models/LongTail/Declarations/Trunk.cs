using DetectorDsl;

namespace LongTail;

/// <summary>The classes on which the trunk is trained beforehand: five other silhouettes, six members each, equally frequent.</summary>
[CategorySet("rendered_tail-trunk_categories.json")]
public static partial class TrunkShapes;

/// <summary>Gives all rows their first weights, as training on ImageNet does elsewhere. None of its classes occurs in the experiment.</summary>
[Detector, Categories(typeof(TrunkShapes))]
public partial record Trunk : TailMaskRcnn
{
    /// <inheritdoc />
    public override Schedule Schedule => new Cosine { WarmupSteps = 100 };

    /// <inheritdoc />
    public override TrainingPlan Training => base.Training with { Epochs = 8 };
}
