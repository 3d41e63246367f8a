using DetectorDsl;

namespace LongTail;

/// <summary>Equalization Loss; its tail are the classes in at most 100 images, rare and common ones, as on LVIS.</summary>
[Detector]
public partial record Equalization : TailMaskRcnn
{
    /// <inheritdoc />
    public override BoxHead BoxHead => base.BoxHead with { ClassificationLoss = new EqualizationLoss { LambdaImages = 101 } };
}

/// <summary>Balanced Group Softmax, in four groups that all hold classes.</summary>
[Detector]
public partial record GroupSoftmax : TailMaskRcnn
{
    /// <inheritdoc />
    public override BoxHead BoxHead => base.BoxHead with { ClassificationLoss = new GroupSoftmaxLoss { Bounds = [10, 30, 100] } };
}
