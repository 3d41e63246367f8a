using DetectorDsl.Data.Datasets;
using DetectorDsl.Detection.Preparation;
using DetectorDsl.Structures;
using DetectorDsl.Training;
using DetectorDsl.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace LongTail.Experiment;

/// <summary>Which share of the annotated boxes of each group the classifier of the cross-entropy row tells rightly, background left aside.</summary>
internal static class GroundTruthAccuracy
{
    private const int BatchSize = 8;

    /// <summary>Values by name.</summary>
    /// <param name="checkpoint">The trained weights.</param>
    /// <param name="data">The validation set.</param>
    public static IEnumerable<(string Name, double Value)> Of(string checkpoint, DetectionDataset data)
    {
        using var model = new CrossEntropyModel();
        Checkpoint.LoadWeights(new WeightsSource(checkpoint), model, CrossEntropyNames.Model, expected: null);
        model.eval();
        var builder = new BatchBuilder(
            data,
            [],
            CrossEntropyDetector.PreparationOf(new CrossEntropyOptions()).Pixels(),
            withMasks: false,
            seed: 0,
            pinned: false
        );
        var told = new List<(long Label, bool IsRight)>();
        for (var first = 0; first < data.Images.Length; first += BatchSize)
        {
            using var batch = builder.Build(first, [.. Enumerable.Range(first, Math.Min(BatchSize, data.Images.Length - first))]);
            var labels = batch.Truths.SelectMany(truth => truth.Labels);
            told.AddRange(labels.Zip(Classify(model, batch), (label, guess) => (label, label == guess)));
        }

        return told.GroupBy(item => Measurement.Letter(data.Annotations.Categories[(int)item.Label].Frequency!.Value))
            .Select(group => ($"{Names.Accuracy}.{group.Key}", group.Average(item => item.IsRight ? 1.0 : 0.0)));
    }

    private static long[] Classify(CrossEntropyModel model, DetectionBatch batch)
    {
        using var untracked = no_grad();
        using var scope = NewDisposeScope();
        var rois = new Rois([.. batch.Truths.Select(truth => truth.Boxes)]);
        var features = model.RoiHead.BoxFeatures.Extract(model.Neck.call(model.Backbone.call(batch.Images)), rois);
        var loss = model.RoiHead.BoxHead.ClassificationLoss;
        return loss.Scores(model.RoiHead.BoxHead.call(features).Logits)[.., ..loss.Classes].argmax(1).data<long>().ToArray();
    }
}
