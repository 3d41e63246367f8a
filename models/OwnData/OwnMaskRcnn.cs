using DetectorDsl;

namespace OwnData;

/// <summary>Mask R-CNN of 18 layers at 320 pixels for a data set of one's own, trained from scratch.</summary>
/// <remarks>Group normalisation keeps small batches stable where no pretrained weights are at hand.</remarks>
[Detector, Categories(typeof(OwnClasses))]
public partial record OwnMaskRcnn : MaskRcnn
{
    /// <inheritdoc />
    public override Backbone Backbone => new ResNet(Depth: 18) { Norm = new GroupNorm(Groups: 32) };

    /// <inheritdoc />
    public override Neck Neck => new Fpn(Channels: 128);

    /// <inheritdoc />
    public override ProposalHead ProposalHead =>
        new Rpn { Training = new ProposalSelection(500, 250), Inference = new ProposalSelection(500, 250) };

    /// <inheritdoc />
    public override RoiHead RoiHead => new StandardRoiHead { Sampler = new RandomBoxSampler(128, 0.25, AddGroundTruth: true) };

    /// <inheritdoc />
    public override BoxHead BoxHead => new FullyConnectedBoxHead { Width = 512 };

    /// <inheritdoc />
    public override MaskHead MaskHead => new FcnMaskHead { Layers = 2, Channels = 128 };

    /// <inheritdoc />
    public override Preprocessing Preprocessing => new() { ShortSide = 320, LongSide = 320 };

    /// <inheritdoc />
    public override ValueList<Augmentation> Augmentations => [new Resize([320], 320)];

    /// <inheritdoc />
    public override Optimizer Optimizer => new AdamW(LearningRate: 3e-4);

    /// <inheritdoc />
    public override Schedule Schedule => new Cosine { WarmupSteps = 50 };

    /// <inheritdoc />
    public override TrainingPlan Training =>
        new()
        {
            Epochs = 12,
            BatchSize = 4,
            ClipNorm = 10,
        };
}
