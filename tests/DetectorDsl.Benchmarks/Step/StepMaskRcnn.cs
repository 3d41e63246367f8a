using DetectorDsl;

namespace Benchmarks.Step;

/// <summary>
/// Mask R-CNN, ResNet-50-FPN, 320 pixels, 512 RoIs an image of which at most 32 are positive: what a training step costs is measured with it.
/// </summary>
[Detector, Categories(typeof(StepClasses))]
public partial record StepMaskRcnn : MaskRcnn
{
    /// <summary>Batch norms keep their statistics, as in every published recipe; random weights cost what ImageNet's do, so no file is read.</summary>
    public override Backbone Backbone =>
        new ResNet(Depth: 50) { Norm = new BatchNorm(BatchNormMode.Evaluate), InitialWeights = "resnet50.safetensors" };

    /// <inheritdoc />
    public override RoiHead RoiHead => new StandardRoiHead { Sampler = new RandomBoxSampler(512, 1.0 / 16, AddGroundTruth: true) };

    /// <inheritdoc />
    public override Preprocessing Preprocessing => new() { ShortSide = 320, LongSide = 320 };

    /// <inheritdoc />
    public override ValueList<Augmentation> Augmentations => [new Resize([320], 320)];

    /// <inheritdoc />
    public override Optimizer Optimizer => new Sgd(LearningRate: 0.0025);

    /// <inheritdoc />
    public override TrainingPlan Training => new() { BatchSize = 2 };
}
