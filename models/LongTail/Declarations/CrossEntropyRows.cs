using DetectorDsl;

namespace LongTail;

/// <summary>Softmax cross-entropy with background as one more class.</summary>
[Detector]
public partial record CrossEntropy : TailMaskRcnn;

/// <summary>Cross-entropy over the classes, with an objectness branch.</summary>
[Detector]
public partial record Objectness : TailMaskRcnn
{
    /// <inheritdoc />
    public override BoxHead BoxHead => base.BoxHead with { ClassificationLoss = new ObjectnessCrossEntropyLoss() };
}

/// <summary>Cross-entropy with an objectness branch and a normalised classifier: what the claim is measured against.</summary>
[Detector]
public partial record ObjectnessNormalized : Objectness
{
    /// <inheritdoc />
    public override BoxHead BoxHead => base.BoxHead with { Classifier = new NormalizedLinear(Temperature: 20) };
}
