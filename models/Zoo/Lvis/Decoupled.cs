using DetectorDsl;

namespace Zoo;

/// <summary>A second stage of training, for --weights of a finished first one: the last layer of the classifier learns anew, 12 epochs, repeat factor sampling.</summary>
[Detector]
public abstract partial record LvisDecoupledMaskRcnn : LvisMaskRcnn
{
    public override ImageSampler TrainSampler => Parts.Rfs;

    public override Schedule Schedule => Parts.Schedule1x;

    public override TrainingPlan Training => Parts.Training1x with { TrainOnly = ["roi_head.bbox_head.fc_cls"] };
}

/// <summary>Equalization Loss on the features of a trained detector.</summary>
[Detector]
public partial record MaskRcnnR50FpnEqlDecoupled : LvisDecoupledMaskRcnn
{
    public override BoxHead BoxHead =>
        base.BoxHead with
        {
            Classifier = new Linear { Prior = 0.001 },
            ClassificationLoss = new EqualizationLoss(),
        };
}

/// <summary>Balanced Group Softmax on the features of a trained detector.</summary>
[Detector]
public partial record MaskRcnnR50FpnBagsDecoupled : LvisDecoupledMaskRcnn
{
    public override BoxHead BoxHead => base.BoxHead with { ClassificationLoss = new GroupSoftmaxLoss() };
}

/// <summary>Seesaw Loss on the features of a trained detector.</summary>
[Detector]
public partial record MaskRcnnR50FpnSeesawDecoupled : LvisDecoupledMaskRcnn
{
    public override BoxHead BoxHead => base.BoxHead with { Classifier = new NormalizedLinear(), ClassificationLoss = new SeesawLoss() };
}

/// <summary>Classifier re-training (cRT): cross-entropy on images drawn by class, on the features of a trained detector.</summary>
[Detector]
public partial record MaskRcnnR50FpnCrt : LvisDecoupledMaskRcnn
{
    public override ImageSampler TrainSampler => new ClassAwareImages();
}

/// <summary>Adaptive Class Suppression Loss on the features of a trained detector.</summary>
[Detector]
public partial record MaskRcnnR50FpnAcslDecoupled : LvisDecoupledMaskRcnn
{
    public override BoxHead BoxHead =>
        base.BoxHead with
        {
            Classifier = new Linear { Prior = 0.001 },
            ClassificationLoss = new AdaptiveClassSuppressionLoss(),
        };
}

/// <summary>LOCE's equilibrium loss, without its feature memory, on a detector with normalised mask prediction.</summary>
[Detector]
public partial record MaskRcnnR50FpnLoceNormedMaskDecoupled : LvisDecoupledMaskRcnn
{
    public override BoxHead BoxHead =>
        base.BoxHead with
        {
            Classifier = new NormalizedLinear(),
            ClassificationLoss = new EquilibriumLoss(),
        };

    public override MaskHead MaskHead => base.MaskHead with { Predictor = new NormalizedConvolution() };
}
