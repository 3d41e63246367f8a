namespace DetectorDsl.EndToEnd.Tests.Declarations;

/// <summary>mmdetection's Mask R-CNN, R-50-FPN, with Seesaw Loss and normalised predictors on LVIS v1.</summary>
/// <remarks>Source: mmdetection, configs/seesaw_loss/mask-rcnn_r50_fpn_seesaw-loss-normed-mask_random-ms-2x_lvis-v1.py.</remarks>
[Detector, Categories(typeof(LvisV1))]
public partial record LvisSeesawMaskRcnn : MaskRcnn
{
    public override Backbone Backbone =>
        new ResNet(Depth: 50)
        {
            FrozenStages = 1,
            Norm = new BatchNorm(BatchNormMode.Evaluate),
            InitialWeights = "resnet50.safetensors",
        };

    public override BoxHead BoxHead =>
        new FullyConnectedBoxHead { Classifier = new NormalizedLinear(), ClassificationLoss = new SeesawLoss() };

    public override MaskHead MaskHead => new FcnMaskHead { Predictor = new NormalizedConvolution() };

    public override EvaluationPlan Evaluation => new(EvaluationRules.Lvis);
}
