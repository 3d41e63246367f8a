using static TorchSharp.torch;

namespace DetectorDsl.EndToEnd.Tests.Mmdetection;

/// <summary>The generated detectors that there are fixtures of.</summary>
internal static class PublishedDetectors
{
    private static readonly PublishedDetector[] All =
    [
        PublishedDetector.Of(
            "faster_rcnn",
            () => new PublishedFasterRcnnModel(),
            (model, images) => model.Neck.call(model.Backbone.call(images)),
            (model, data, batch) =>
            {
                using var training = new PublishedFasterRcnnTraining(model, new(), data, 0, CPU);
                var losses = training.Forward(batch, 1);
                return new(PublishedFasterRcnnLosses.Terms, losses.Stack(), losses.Total());
            },
            (model, images, shapes) => model.Detect(images, shapes, new())
        ),
        PublishedDetector.Of(
            "mask_rcnn",
            () => new PublishedMaskRcnnModel(),
            (model, images) => model.Neck.call(model.Backbone.call(images)),
            (model, data, batch) =>
            {
                using var training = new PublishedMaskRcnnTraining(model, new(), data, 0, CPU);
                var losses = training.Forward(batch, 1);
                return new(PublishedMaskRcnnLosses.Terms, losses.Stack(), losses.Total());
            },
            (model, images, shapes) => model.Detect(images, shapes, new())
        ),
        PublishedDetector.Of(
            "seesaw_mask_rcnn",
            () => new PublishedSeesawMaskRcnnModel(),
            (model, images) => model.Neck.call(model.Backbone.call(images)),
            (model, data, batch) =>
            {
                using var training = new PublishedSeesawMaskRcnnTraining(model, new(), data, 0, CPU);
                var losses = training.Forward(batch, 1);
                return new(PublishedSeesawMaskRcnnLosses.Terms, losses.Stack(), losses.Total());
            },
            (model, images, shapes) => model.Detect(images, shapes, new())
        ),
        PublishedDetector.Of(
            "deformable_faster_rcnn",
            () => new PublishedDeformableFasterRcnnModel(),
            (model, images) => model.Neck.call(model.Backbone.call(images)),
            (model, data, batch) =>
            {
                using var training = new PublishedDeformableFasterRcnnTraining(model, new(), data, 0, CPU);
                var losses = training.Forward(batch, 1);
                return new(PublishedDeformableFasterRcnnLosses.Terms, losses.Stack(), losses.Total());
            },
            (model, images, shapes) => model.Detect(images, shapes, new())
        ),
        PublishedDetector.Of(
            "cascade_rcnn",
            () => new PublishedCascadeRcnnModel(),
            (model, images) => model.Neck.call(model.Backbone.call(images)),
            (model, data, batch) =>
            {
                using var training = new PublishedCascadeRcnnTraining(model, new(), data, 0, CPU);
                var losses = training.Forward(batch, 1);
                return new(PublishedCascadeRcnnLosses.Terms, losses.Stack(), losses.Total());
            },
            (model, images, shapes) => model.Detect(images, shapes, new())
        ),
        PublishedDetector.Of(
            "cascade_mask_rcnn",
            () => new PublishedCascadeMaskRcnnModel(),
            (model, images) => model.Neck.call(model.Backbone.call(images)),
            (model, data, batch) =>
            {
                using var training = new PublishedCascadeMaskRcnnTraining(model, new(), data, 0, CPU);
                var losses = training.Forward(batch, 1);
                return new(PublishedCascadeMaskRcnnLosses.Terms, losses.Stack(), losses.Total());
            },
            (model, images, shapes) => model.Detect(images, shapes, new())
        ),
        PublishedDetector.Of(
            "htc",
            () => new PublishedHtcModel(),
            (model, images) => model.Neck.call(model.Backbone.call(images)),
            (model, data, batch) =>
            {
                using var training = new PublishedHtcTraining(model, new(), data, 0, CPU);
                var losses = training.Forward(batch, 1);
                return new(PublishedHtcLosses.Terms, losses.Stack(), losses.Total());
            },
            (model, images, shapes) => model.Detect(images, shapes, new())
        ),
        PublishedDetector.Of(
            "htc_semantic",
            () => new PublishedSemanticHtcModel(),
            (model, images) => model.Neck.call(model.Backbone.call(images)),
            (model, data, batch) =>
            {
                using var training = new PublishedSemanticHtcTraining(model, new(), data, 0, CPU);
                var losses = training.Forward(batch, 1);
                return new(PublishedSemanticHtcLosses.Terms, losses.Stack(), losses.Total());
            },
            (model, images, shapes) => model.Detect(images, shapes, new())
        ),
        PublishedDetector.Of(
            "retinanet",
            () => new PublishedRetinaNetModel(),
            (model, images) => model.Neck.call(model.Backbone.call(images)),
            (model, data, batch) =>
            {
                using var training = new PublishedRetinaNetTraining(model, new(), data, 0, CPU);
                var losses = training.Forward(batch, 1);
                return new(PublishedRetinaNetLosses.Terms, losses.Stack(), losses.Total());
            },
            (model, images, shapes) => model.Detect(images, shapes, new())
        ),
        PublishedDetector.Of(
            "fcos",
            () => new PublishedFcosModel(),
            (model, images) => model.Neck.call(model.Backbone.call(images)),
            (model, data, batch) =>
            {
                using var training = new PublishedFcosTraining(model, new(), data, 0, CPU);
                var losses = training.Forward(batch, 1);
                return new(PublishedFcosLosses.Terms, losses.Stack(), losses.Total());
            },
            (model, images, shapes) => model.Detect(images, shapes, new())
        ),
        PublishedDetector.Of(
            "fcos_centre_sampling",
            () => new PublishedCentreSamplingFcosModel(),
            (model, images) => model.Neck.call(model.Backbone.call(images)),
            (model, data, batch) =>
            {
                using var training = new PublishedCentreSamplingFcosTraining(model, new(), data, 0, CPU);
                var losses = training.Forward(batch, 1);
                return new(PublishedCentreSamplingFcosLosses.Terms, losses.Stack(), losses.Total());
            },
            (model, images, shapes) => model.Detect(images, shapes, new())
        ),
        PublishedDetector.Of(
            "libra_faster_rcnn",
            () => new PublishedLibraFasterRcnnModel(),
            (model, images) => model.Neck.call(model.Backbone.call(images)),
            (model, data, batch) =>
            {
                using var training = new PublishedLibraFasterRcnnTraining(model, new(), data, 0, CPU);
                var losses = training.Forward(batch, 1);
                return new(PublishedLibraFasterRcnnLosses.Terms, losses.Stack(), losses.Total());
            },
            (model, images, shapes) => model.Detect(images, shapes, new())
        ),
        PublishedDetector.Of(
            "libra_retinanet",
            () => new PublishedLibraRetinaNetModel(),
            (model, images) => model.Neck.call(model.Backbone.call(images)),
            (model, data, batch) =>
            {
                using var training = new PublishedLibraRetinaNetTraining(model, new(), data, 0, CPU);
                var losses = training.Forward(batch, 1);
                return new(PublishedLibraRetinaNetLosses.Terms, losses.Stack(), losses.Total());
            },
            (model, images, shapes) => model.Detect(images, shapes, new())
        ),
        PublishedDetector.Of(
            "carafe_mask_rcnn",
            () => new PublishedCarafeMaskRcnnModel(),
            (model, images) => model.Neck.call(model.Backbone.call(images)),
            (model, data, batch) =>
            {
                using var training = new PublishedCarafeMaskRcnnTraining(model, new(), data, 0, CPU);
                var losses = training.Forward(batch, 1);
                return new(PublishedCarafeMaskRcnnLosses.Terms, losses.Stack(), losses.Total());
            },
            (model, images, shapes) => model.Detect(images, shapes, new())
        ),
        PublishedDetector.Of(
            "pisa_faster_rcnn",
            () => new PublishedPisaFasterRcnnModel(),
            (model, images) => model.Neck.call(model.Backbone.call(images)),
            (model, data, batch) =>
            {
                using var training = new PublishedPisaFasterRcnnTraining(model, new(), data, 0, CPU);
                var losses = training.Forward(batch, 1);
                return new(PublishedPisaFasterRcnnLosses.Terms, losses.Stack(), losses.Total());
            },
            (model, images, shapes) => model.Detect(images, shapes, new())
        ),
        PublishedDetector.Of(
            "pisa_retinanet",
            () => new PublishedPisaRetinaNetModel(),
            (model, images) => model.Neck.call(model.Backbone.call(images)),
            (model, data, batch) =>
            {
                using var training = new PublishedPisaRetinaNetTraining(model, new(), data, 0, CPU);
                var losses = training.Forward(batch, 1);
                return new(PublishedPisaRetinaNetLosses.Terms, losses.Stack(), losses.Total());
            },
            (model, images, shapes) => model.Detect(images, shapes, new())
        ),
        PublishedDetector.Of(
            "sabl_faster_rcnn",
            () => new PublishedSablFasterRcnnModel(),
            (model, images) => model.Neck.call(model.Backbone.call(images)),
            (model, data, batch) =>
            {
                using var training = new PublishedSablFasterRcnnTraining(model, new(), data, 0, CPU);
                var losses = training.Forward(batch, 1);
                return new(PublishedSablFasterRcnnLosses.Terms, losses.Stack(), losses.Total());
            },
            (model, images, shapes) => model.Detect(images, shapes, new())
        ),
        PublishedDetector.Of(
            "sabl_cascade_rcnn",
            () => new PublishedSablCascadeRcnnModel(),
            (model, images) => model.Neck.call(model.Backbone.call(images)),
            (model, data, batch) =>
            {
                using var training = new PublishedSablCascadeRcnnTraining(model, new(), data, 0, CPU);
                var losses = training.Forward(batch, 1);
                return new(PublishedSablCascadeRcnnLosses.Terms, losses.Stack(), losses.Total());
            },
            (model, images, shapes) => model.Detect(images, shapes, new())
        ),
        PublishedDetector.Of(
            "ga_faster_rcnn",
            () => new PublishedGuidedFasterRcnnModel(),
            (model, images) => model.Neck.call(model.Backbone.call(images)),
            (model, data, batch) =>
            {
                using var training = new PublishedGuidedFasterRcnnTraining(model, new(), data, 0, CPU);
                var losses = training.Forward(batch, 1);
                return new(PublishedGuidedFasterRcnnLosses.Terms, losses.Stack(), losses.Total());
            },
            (model, images, shapes) => model.Detect(images, shapes, new())
        ),
        PublishedDetector.Of(
            "ga_retinanet",
            () => new PublishedGuidedRetinaNetModel(),
            (model, images) => model.Neck.call(model.Backbone.call(images)),
            (model, data, batch) =>
            {
                using var training = new PublishedGuidedRetinaNetTraining(model, new(), data, 0, CPU);
                var losses = training.Forward(batch, 1);
                return new(PublishedGuidedRetinaNetLosses.Terms, losses.Stack(), losses.Total());
            },
            (model, images, shapes) => model.Detect(images, shapes, new())
        ),
    ];

    public static TheoryData<string> Names => [.. All.Select(detector => detector.Fixture)];

    public static PublishedDetector Of(string fixture) => All.Single(detector => detector.Fixture == fixture);
}
