namespace DetectorDsl;

/// <summary>FCOS (Tian et al. 2019): no anchors; each location inside an object regresses the distances to its box's sides.</summary>
/// <remarks>Defaults are mmdetection's, configs/fcos/fcos_r50-caffe_fpn_gn-head_1x_coco.py.</remarks>
[Detector]
public abstract partial record Fcos : OneStageDetector
{
    /// <inheritdoc />
    public override Neck Neck =>
        new Fpn
        {
            StartLevel = 1,
            ExtraLevels = ExtraLevels.FromPyramid,
            ReluBetweenExtraLevels = true,
        };

    /// <inheritdoc />
    public override DenseHead DenseHead => new FcosHead();

    /// <summary>
    /// How gradients become changes of the weights. Default: SGD, learning rate 0.01, momentum 0.9, weight decay 1e-4; biases have twice
    /// the rate and no decay.
    /// </summary>
    public override Optimizer Optimizer => new Sgd(LearningRate: 0.01) { Biases = new ParameterFactors(LearningRate: 2, WeightDecay: 0) };

    /// <summary>How the learning rate changes. Default: a third of it over the first 500 steps, a tenth after epochs 8 and 11.</summary>
    public override Schedule Schedule => new MultiStep([8, 11]) { Warmup = WarmupForm.Constant, WarmupStart = 1.0 / 3 };

    /// <summary>How long training lasts. Default: 12 epochs of 2 images a step, the gradient's norm at most 35.</summary>
    public override TrainingPlan Training => new() { ClipNorm = 35 };
}
