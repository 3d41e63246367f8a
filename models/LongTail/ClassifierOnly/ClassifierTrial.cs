using System.Collections.Immutable;
using System.Diagnostics;
using DetectorDsl.Annotations;
using DetectorDsl.Data.Datasets;
using DetectorDsl.Detection.Selection;
using DetectorDsl.Evaluation;
using DetectorDsl.Hosting.Experiments;
using DetectorDsl.Structures;
using DetectorDsl.Training.Optimization;
using DetectorDsl.Training.Schedules;
using LongTail.Experiment;
using TorchSharp;
using static TorchSharp.torch;

namespace LongTail.ClassifierOnly;

/// <summary>Trains a classifier on cached features and scores its boxes, which the cached detector has drawn.</summary>
internal sealed class ClassifierTrial(RegionCache cache, DetectionDataset validation)
{
    /// <summary>Steps of a trial.</summary>
    public const int Steps = 400;

    private const int RegionsPerStep = 256;
    private const int WarmupSteps = 20;
    private const double WeightDecay = 0.05;

    /// <summary>Does a trial.</summary>
    /// <param name="make">Makes the classifier.</param>
    /// <param name="rate">Learning rate.</param>
    /// <param name="seed">Seed of first weights and of the order of regions.</param>
    /// <param name="configuration">What the result is kept under.</param>
    public RunResult Run(Func<Classifier> make, double rate, long seed, RunConfiguration configuration)
    {
        var clock = Stopwatch.StartNew();
        using var scope = NewDisposeScope();
        manual_seed(seed);
        var classifier = make();
        classifier.Loss.LearnFrequencies(cache.Frequencies);
        Train(classifier, rate, seed);
        var report = new DetectionEvaluator(validation.Annotations, EvaluationSettings.Lvis(IouType.Boxes) with { Threads = 1 }).Evaluate(
            Detect(classifier)
        );
        var values = report
            .Metrics.Where(metric => metric.Name is "AP" or "APr" or "APc" or "APf")
            .ToImmutableSortedDictionary(
                metric => Names.Of(Names.Balanced, Names.Boxes, Names.Usual, metric.Name),
                metric => metric.Value,
                StringComparer.Ordinal
            );
        return new RunResult(configuration, clock.Elapsed.TotalSeconds, values);
    }

    private void Train(Classifier classifier, double rate, long seed)
    {
        using var optimizer = new AdamW(ParameterGroup.Of(classifier.Layer, WeightDecay, exemptNormAndBias: false));
        var schedule = new LinearWarmup(WarmupSteps, startFactor: 0.001, new CosineSchedule(Steps, finalFactor: 0));
        var random = RandomSource.For(seed, 41);
        var rows = new long[RegionsPerStep];
        for (var step = 0; step < Steps; step++)
        {
            using var scope = NewDisposeScope();
            for (var i = 0; i < rows.Length; i++)
            {
                rows[i] = random.NextInt((int)cache.Labels.shape[0]);
            }

            var chosen = tensor(rows);
            var logits = classifier.Layer.call(cache.Features.index_select(0, chosen));
            classifier.Term(logits, cache.Labels.index_select(0, chosen), unchecked((long)random.NextBits())).backward();
            optimizer.Step(rate * schedule.Factor(step));
            optimizer.ZeroGradients();
        }
    }

    private List<DetectionResult> Detect(Classifier classifier)
    {
        using var untracked = no_grad();
        var selector = new DetectionSelector(scoreThreshold: 1e-3, nmsIou: 0.5, maxPerImage: 300);
        var coder = new CrossEntropyBoxHead().Coder;
        var results = new List<DetectionResult>();
        foreach (var portion in cache.Validation)
        {
            using var scope = NewDisposeScope();
            var scores = classifier.Loss.Scores(classifier.Layer.call(portion.Features));
            foreach (var image in selector.Select(ScoredRegions.Of(portion.Proposals, scores, portion.Offsets, coder, portion.Shapes)))
            {
                results.AddRange(
                    Enumerable
                        .Range(0, image.Count)
                        .Select(i => new DetectionResult(
                            image.Shape.ImageId,
                            validation.CategoryIds[image.Labels[i]],
                            image.Scores[i],
                            ResultBox.Of(image, i),
                            null
                        ))
                );
            }
        }

        return results;
    }
}
