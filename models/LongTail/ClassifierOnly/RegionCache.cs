using DetectorDsl.Data.Datasets;
using DetectorDsl.Detection.Matching;
using DetectorDsl.Detection.Preparation;
using DetectorDsl.Detection.Sampling;
using DetectorDsl.Detection.Targets;
using DetectorDsl.Structures;
using DetectorDsl.Training;
using DetectorDsl.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace LongTail.ClassifierOnly;

/// <summary>What the trained cross-entropy detector makes of all images up to the last layer of its classification, computed once.</summary>
/// <param name="Features">R x W, of the training images' sampled regions.</param>
/// <param name="Labels">R classes, C for background.</param>
/// <param name="Frequencies">How often each class occurs among the training images.</param>
/// <param name="Validation">The validation images, a portion at a time.</param>
internal sealed record RegionCache(
    Tensor Features,
    Tensor Labels,
    ClassFrequencies Frequencies,
    IReadOnlyList<RegionCache.Portion> Validation
) : IDisposable
{
    private const int BatchSize = 8;

    // As many samples of each image's regions as the detector's training had epochs.
    private const int Passes = 3;

    /// <summary>Some validation images: their regions with features and final boxes.</summary>
    /// <param name="Shapes">The images.</param>
    /// <param name="Proposals">P proposals of each.</param>
    /// <param name="Features">R x W.</param>
    /// <param name="Offsets">R x 4.</param>
    internal sealed record Portion(IReadOnlyList<ImageShape> Shapes, IReadOnlyList<Boxes> Proposals, Tensor Features, Tensor Offsets);

    /// <summary>Runs the detector over both sets.</summary>
    /// <param name="checkpoint">The trained detector.</param>
    /// <param name="training">The training images.</param>
    /// <param name="validation">The validation images.</param>
    /// <param name="cancellation">Ends it.</param>
    public static RegionCache Of(string checkpoint, DetectionDataset training, DetectionDataset validation, CancellationToken cancellation)
    {
        using var untracked = no_grad();
        using var scope = NewDisposeScope();
        using var model = new CrossEntropyModel();
        Checkpoint.LoadWeights(new WeightsSource(checkpoint), model, CrossEntropyNames.Model, expected: null);
        model.eval();
        var (features, labels) = (new List<Tensor>(), new List<Tensor>());
        var targets = new RoiTargets(
            new MaxIouAssigner(positiveIou: 0.5, negativeIou: 0.5, minPositiveIou: 0.5, matchLowQuality: true, boxesKeepNearest: false),
            new RandomBoxSampler(count: 32, positiveFraction: 0.5, addGroundTruth: true, negativesPerPositive: -1),
            model.RoiHead.BoxHead.Coder,
            model.RoiHead.BoxHead.ClassificationLoss.Classes
        );
        foreach (var (batch, pyramid, proposals) in Walk(model, training, cancellation))
        {
            for (var pass = 0; pass < Passes; pass++)
            {
                var regions = targets.Compute(proposals, batch.Truths, pass, CPU);
                features.Add(Inner(model, pyramid, regions.Rois).MoveToOuterDisposeScope());
                labels.Add(regions.Labels.MoveToOuterDisposeScope());
            }
        }

        var portions = new List<Portion>();
        foreach (var (batch, pyramid, proposals) in Walk(model, validation, cancellation))
        {
            var inner = Inner(model, pyramid, new Rois(proposals));
            var offsets = LayerOf(model, "fc_reg").call(inner);
            portions.Add(new Portion(batch.Shapes, proposals, inner.DetachFromDisposeScope(), offsets.DetachFromDisposeScope()));
        }

        return new RegionCache(
            cat(features).DetachFromDisposeScope(),
            cat(labels).DetachFromDisposeScope(),
            training.ClassFrequencies(),
            portions
        );
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Features.Dispose();
        Labels.Dispose();
        foreach (var portion in Validation)
        {
            portion.Features.Dispose();
            portion.Offsets.Dispose();
        }
    }

    private static IEnumerable<(DetectionBatch Batch, Tensor[] Pyramid, Boxes[] Proposals)> Walk(
        CrossEntropyModel model,
        DetectionDataset data,
        CancellationToken cancellation
    )
    {
        var builder = new BatchBuilder(
            data,
            [],
            CrossEntropyDetector.PreparationOf(new CrossEntropyOptions()).Pixels(),
            withMasks: false,
            seed: 0,
            pinned: false
        );
        for (var first = 0; first < data.Images.Length; first += BatchSize)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            using var batch = builder.Build(first, [.. Enumerable.Range(first, Math.Min(BatchSize, data.Images.Length - first))]);
            var pyramid = model.Features(batch.Images);
            yield return (batch, pyramid, [.. model.Propose(pyramid, batch.Images, batch.Shapes).Select(image => image.Boxes)]);
        }
    }

    // What the box head computes before its last layers.
    private static Tensor Inner(CrossEntropyModel model, Tensor[] pyramid, Rois rois)
    {
        using var scope = NewDisposeScope();
        var x = model.RoiHead.BoxFeatures.Extract(pyramid, rois).flatten(1);
        var shared = model.RoiHead.BoxHead.named_children().Single(child => child.name == "shared_fcs").module;
        foreach (var (_, layer) in shared.named_children())
        {
            x = ((nn.Module<Tensor, Tensor>)layer).call(x).relu();
        }

        return x.MoveToOuterDisposeScope();
    }

    private static nn.Module<Tensor, Tensor> LayerOf(CrossEntropyModel model, string name) =>
        (nn.Module<Tensor, Tensor>)model.RoiHead.BoxHead.named_children().Single(child => child.name == name).module;
}
