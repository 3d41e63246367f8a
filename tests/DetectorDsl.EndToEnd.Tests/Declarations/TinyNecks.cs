namespace DetectorDsl.EndToEnd.Tests.Declarations;

/// <summary>CARAFE in the pyramid, on images whose coarsest levels are of odd sizes, and in the mask head.</summary>
[Detector, Categories(typeof(SmallShapes))]
public partial record TinyCarafeMaskRcnn : TinyMaskRcnn
{
    public override Neck Neck =>
        new CarafeFpn(Channels: 16, Levels: 5)
        {
            Upsampling = new Carafe
            {
                Kernel = 3,
                Groups = 2,
                CompressedChannels = 8,
            },
        };

    public override MaskHead MaskHead => Tiny.MaskHead with { Upsampling = new Carafe { CompressedChannels = 8 } };
}

/// <summary>Libra R-CNN's parts.</summary>
[Detector, Categories(typeof(SmallShapes))]
public partial record TinyLibraMaskRcnn : TinyMaskRcnn
{
    public override Neck Neck => new BalancedFeaturePyramid { Inner = Tiny.Neck };

    public override ProposalHead ProposalHead =>
        Tiny.ProposalHead with
        {
            Sampler = new RandomBoxSampler(64, 0.5, NegativesPerPositive: 5),
        };

    public override RoiHead RoiHead =>
        new StandardRoiHead { Sampler = new BalancedBoxSampler(32, 0.25, AddGroundTruth: true, OverlappingFirst: true) };

    public override BoxHead BoxHead => Tiny.BoxHead with { BoxLoss = new BalancedL1Loss() };
}

/// <summary>Libra RetinaNet's parts, refined by a convolution.</summary>
[Detector, Categories(typeof(SmallShapes))]
public partial record TinyLibraRetinaNet : TinyOneStage
{
    public override Neck Neck =>
        new BalancedFeaturePyramid
        {
            Inner = base.Neck,
            RefineLevel = 1,
            Refinement = new ConvolutionRefinement(),
        };

    public override DenseHead DenseHead =>
        new RetinaHead
        {
            Layers = 1,
            Anchors = new AnchorGrid { Scales = [3], Ratios = [1.0] },
            BoxLoss = new BalancedL1Loss(Beta: 0.11),
        };

    public override Optimizer Optimizer => new AdamW(LearningRate: 3e-3);
}
