namespace DetectorDsl;

/// <summary>RetinaNet with prime sample attention (PISA, Cao et al. 2020): weights of the positive anchors, and a second box loss.</summary>
/// <remarks>Defaults are mmdetection's, configs/pisa/retinanet-r50_fpn_pisa_1x_coco.py.</remarks>
[Detector]
public abstract partial record PisaRetinaNet : RetinaNet
{
    /// <inheritdoc />
    public override DenseHead DenseHead =>
        new RetinaHead
        {
            BoxLoss = new SmoothL1Loss(Beta: 0.11),
            Reweighting = new PositiveReweighting(),
            Regression = new ClassAwareRegression(),
        };
}
