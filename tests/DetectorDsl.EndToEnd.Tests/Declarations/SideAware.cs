namespace DetectorDsl.EndToEnd.Tests.Declarations;

/// <summary>Sides by their buckets; cross-entropy.</summary>
[Detector, Categories(typeof(SmallShapes))]
public partial record SideAwareFasterRcnn : TinyFasterRcnn
{
    public override BoxHead BoxHead => new SideAwareBoxHead { Width = 32, BoxCoder = new BucketBoxCoder(Buckets: 10) };
}

/// <summary>Sides by their buckets, with Seesaw Loss and normalised predictors, which no other software combines.</summary>
[Detector, Categories(typeof(SmallShapes))]
public partial record SideAwareSeesawMaskRcnn : TinyMaskRcnn
{
    public override BoxHead BoxHead =>
        new SideAwareBoxHead
        {
            Width = 32,
            PreConvolutions = 1,
            BoxCoder = new BucketBoxCoder(Buckets: 10),
            Classifier = new NormalizedLinear(),
            ClassificationLoss = new SeesawLoss(),
        };

    public override MaskHead MaskHead => Tiny.MaskHead with { Predictor = new NormalizedConvolution(), ClassAgnostic = true };
}

/// <summary>Sides by their buckets in two passes.</summary>
[Detector, Categories(typeof(SmallShapes))]
public partial record SideAwareCascadeRcnn : TinyFasterRcnn
{
    public override RoiHead RoiHead =>
        new Cascade
        {
            Stages = [new(0.5, new BucketBoxCoder(Buckets: 10)), new(0.6, new BucketBoxCoder(Buckets: 10, Scale: 1.5), LossWeight: 0.5)],
            Sampler = new RandomBoxSampler(32, 0.25, AddGroundTruth: true),
        };

    public override BoxHead BoxHead =>
        new SideAwareBoxHead
        {
            Width = 32,
            PreConvolutions = 1,
            BoxCoder = new BucketBoxCoder(Buckets: 10),
        };
}
