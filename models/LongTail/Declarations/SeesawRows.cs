using DetectorDsl;

namespace LongTail;

/// <summary>Seesaw Loss.</summary>
[Detector]
public partial record Seesaw : TailMaskRcnn
{
    /// <inheritdoc />
    public override BoxHead BoxHead => base.BoxHead with { ClassificationLoss = new SeesawLoss(P: 0.8, Q: 2.0) };
}

/// <summary>Seesaw Loss with a normalised classifier: the paper's method, on which the claim rests.</summary>
[Detector]
public partial record SeesawNormalized : Seesaw
{
    /// <inheritdoc />
    public override BoxHead BoxHead => base.BoxHead with { Classifier = new NormalizedLinear(Temperature: 20) };
}

/// <summary>The same with a box and a mask of their own for each class.</summary>
[Detector]
public partial record SeesawNormalizedPerClass : SeesawNormalized
{
    /// <inheritdoc />
    public override BoxHead BoxHead => base.BoxHead with { ClassAgnostic = false };

    /// <inheritdoc />
    public override MaskHead MaskHead => base.MaskHead with { ClassAgnostic = false };
}
