using DetectorDsl;

namespace LongTail;

/// <summary>Seesaw Loss with its mitigation factor alone.</summary>
[Detector]
public partial record Mitigation : TailMaskRcnn
{
    /// <inheritdoc />
    public override BoxHead BoxHead => base.BoxHead with { ClassificationLoss = new SeesawLoss(P: 0.8, Q: 0) };
}

/// <summary>Seesaw Loss with its compensation factor alone.</summary>
[Detector]
public partial record Compensation : TailMaskRcnn
{
    /// <inheritdoc />
    public override BoxHead BoxHead => base.BoxHead with { ClassificationLoss = new SeesawLoss(P: 0, Q: 2.0) };
}

/// <summary>Seesaw Loss without an objectness branch.</summary>
[Detector]
public partial record SeesawWithoutObjectness : TailMaskRcnn
{
    /// <inheritdoc />
    public override BoxHead BoxHead => base.BoxHead with { ClassificationLoss = new SeesawSoftmaxLoss() };
}

/// <summary>Equalization Loss with a normalised classifier.</summary>
[Detector]
public partial record EqualizationNormalized : Equalization
{
    /// <inheritdoc />
    public override BoxHead BoxHead => base.BoxHead with { Classifier = new NormalizedLinear(Temperature: 20) };
}

/// <summary>Balanced Group Softmax with a normalised classifier.</summary>
[Detector]
public partial record GroupSoftmaxNormalized : GroupSoftmax
{
    /// <inheritdoc />
    public override BoxHead BoxHead => base.BoxHead with { Classifier = new NormalizedLinear(Temperature: 20) };
}

/// <summary>Equalization Loss v2.</summary>
[Detector]
public partial record EqualizationV2 : TailMaskRcnn
{
    /// <inheritdoc />
    public override BoxHead BoxHead => base.BoxHead with { ClassificationLoss = new EqualizationLossV2() };
}

/// <summary>Federated loss; a third of the classes take part in a step.</summary>
[Detector]
public partial record Federated : TailMaskRcnn
{
    /// <inheritdoc />
    public override BoxHead BoxHead => base.BoxHead with { ClassificationLoss = new FederatedLoss(SampledClasses: 10) };
}

/// <summary>DropLoss, with the tail of <see cref="Equalization" />.</summary>
[Detector]
public partial record Drop : TailMaskRcnn
{
    /// <inheritdoc />
    public override BoxHead BoxHead => base.BoxHead with { ClassificationLoss = new DropLoss { LambdaImages = 101 } };
}

/// <summary>Adaptive Class Suppression Loss, from the first step on.</summary>
[Detector]
public partial record AdaptiveSuppression : TailMaskRcnn
{
    /// <inheritdoc />
    public override BoxHead BoxHead => base.BoxHead with { ClassificationLoss = new AdaptiveClassSuppressionLoss() };
}

/// <summary>Balanced Softmax.</summary>
[Detector]
public partial record BalancedSoftmax : TailMaskRcnn
{
    /// <inheritdoc />
    public override BoxHead BoxHead => base.BoxHead with { ClassificationLoss = new BalancedSoftmaxLoss() };
}
