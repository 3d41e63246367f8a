namespace DetectorDsl;

/// <summary>RetinaNet (Lin et al. 2017): nine anchors at every location of a pyramid of strides 8 to 128, trained with focal loss.</summary>
/// <remarks>Defaults are mmdetection's, configs/_base_/models/retinanet_r50_fpn.py.</remarks>
[Detector]
public abstract partial record RetinaNet : OneStageDetector
{
    /// <inheritdoc />
    public override Neck Neck => new Fpn { StartLevel = 1, ExtraLevels = ExtraLevels.FromBackbone };

    /// <inheritdoc />
    public override DenseHead DenseHead => new RetinaHead();

    /// <summary>How gradients become changes of the weights. Default: SGD, learning rate 0.01, momentum 0.9, weight decay 1e-4.</summary>
    public override Optimizer Optimizer => new Sgd(LearningRate: 0.01);
}
