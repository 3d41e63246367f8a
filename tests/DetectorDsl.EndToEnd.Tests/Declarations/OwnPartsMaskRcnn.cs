using DetectorDsl.EndToEnd.Components;

namespace DetectorDsl.EndToEnd.Tests.Declarations;

/// <summary>Backbone, neck, loss and sampler of another assembly.</summary>
[Detector, Categories(typeof(SmallShapes))]
public partial record OwnPartsMaskRcnn : TinyMaskRcnn
{
    public override Backbone Backbone => new StridedBackbone([8, 12, 16]);

    public override Neck Neck => new LateralNeck(Channels: 12);

    public override BoxHead BoxHead => Tiny.BoxHead with { ClassificationLoss = new SmoothedCrossEntropy(Smoothing: 0.2) };

    public override ImageSampler TrainSampler => new RarestFirst(Repetitions: 3);
}
