namespace DetectorDsl.EndToEnd.Tests.Declarations;

/// <summary>Guided anchors small enough to train within a test.</summary>
public static class TinyGuided
{
    public static GuidedAnchorRpn ProposalHead =>
        new()
        {
            Anchoring = new GuidedAnchoring(Scale: 6) { Sampler = new RandomBoxSampler(64, 0.5), OffsetGroups = 2 },
            Sampler = new RandomBoxSampler(64, 0.5),
            Training = new ProposalSelection(64, 32),
            Inference = new ProposalSelection(64, 32),
        };
}

/// <summary>Guided anchors in the first stage.</summary>
[Detector, Categories(typeof(SmallShapes))]
public partial record GuidedFasterRcnn : TinyFasterRcnn
{
    public override ProposalHead ProposalHead => TinyGuided.ProposalHead;
}

/// <summary>The same before several passes, with masks.</summary>
[Detector, Categories(typeof(SmallShapes))]
public partial record GuidedCascadeMaskRcnn : TinyCascadeMaskRcnn
{
    public override ProposalHead ProposalHead => TinyGuided.ProposalHead;

    public override MaskHead MaskHead => base.MaskHead with { ClassAgnostic = true };

    public override Optimizer Optimizer => new AdamW(LearningRate: 2e-3);
}

/// <summary>Guided anchors in a detector of one stage.</summary>
[Detector, Categories(typeof(SmallShapes))]
public partial record GuidedRetinaNet : TinyOneStage
{
    public override DenseHead DenseHead =>
        new GuidedAnchorRetinaHead
        {
            Layers = 1,
            Anchoring = new GuidedAnchoring(Scale: 3, ShapeStd: 1)
            {
                Assigner = new MaxIouAssigner(0.5, 0.4, 0.4),
                Sampler = new RandomBoxSampler(64, 0.5),
            },
        };
}
