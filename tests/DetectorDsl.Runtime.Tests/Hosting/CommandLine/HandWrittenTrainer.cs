using System.Collections.Immutable;
using System.CommandLine;
using DetectorDsl.Annotations;
using DetectorDsl.Data.Augmentation;
using DetectorDsl.Data.Datasets;
using DetectorDsl.Data.Sampling;
using DetectorDsl.Detection.Inference;
using DetectorDsl.Detection.Preparation;
using DetectorDsl.Evaluation;
using DetectorDsl.Hosting.Trainers;
using DetectorDsl.Training;
using DetectorDsl.Weights;
using DetectorDsl.Weights.Naming;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Hosting.CommandLine;

/// <summary>A trainer as the generator would write it, whose training does nothing and whose detector knows the validation set.</summary>
public sealed class HandWrittenTrainer(string name = "Tiny") : DetectorTrainer
{
    public Option<double> Epochs { get; } =
        TrainerOptions.Real("epochs", "Passes over the training images.", 12, 0, 100, minExclusive: true);

    public Option<int> BatchSize { get; } = TrainerOptions.Integer("batch-size", "Images a step.", 2, 1, 64);

    public Option<double> LearningRate { get; } = TrainerOptions.Real("learning-rate", "Step length.", 0.02, 0, minExclusive: true);

    /// <summary>What the detector knows.</summary>
    public string? TruthFile { get; init; }

    /// <summary>How far its boxes are off.</summary>
    public double Shift { get; init; }

    /// <summary>Happens within training.</summary>
    public Action<TrainingRequest, CancellationToken>? During { get; init; }

    /// <summary>Happens at each call of the detector.</summary>
    public Action? Seen { get; init; }

    public string? DefaultData { get; init; }

    public ImagePreparation Preparation { get; init; } = new([128, 128, 128], [64, 64, 64], 32, 60, 100);

    public TrainingRequest? Request { get; private set; }

    public KnowingDetector? Detector { get; private set; }

    public override string Name => name;

    public override string Summary => $"{name} finds rectangles.";

    public override string Description => $"{name}: no layers, 0 parameters.";

    public override string State => "fc: weight [1, 2]";

    public override string Configuration => """{"backbone":{"depth":18}}""";

    public override string ConfigurationHash => "abc123";

    public override ImmutableArray<Category> Categories => TinyData.Categories;

    public override EvaluationRules Rules { get; } = EvaluationRules.Coco;

    public override IReadOnlyList<Option> Options => [Epochs, BatchSize, LearningRate];

    public override ModelNames Names => ModelNames.None;

    public override nn.Module CreateModel() => throw new NotSupportedException();

    public override void Train(TrainingRequest request, CancellationToken cancellation)
    {
        Request = request;
        During?.Invoke(request, cancellation);
        request.Progress.Step(
            new TrainingProgress(5, 10, 0.5, [new("loss_cls", 1.25), new("loss_bbox", 0.5)], 1.75, 0.02, 3.5, TimeSpan.FromSeconds(75))
        );
        request.Progress.Message("half of it done");
        using var weight = zeros(2);
        SafetensorsFile.Write(request.Output.LastCheckpoint, [new("weight", weight)], new Dictionary<string, string>());
    }

    public override TrainingBatches OpenBatches(ParseResult arguments, DetectionDataset data, long seed) =>
        new(
            new BatchBuilder(data, [new HorizontalFlip(0.5)], Preparation.Pixels(), withMasks: true, seed, pinned: false),
            new RandomImageSampler(data.ClassIndex(), seed),
            new TrainingSettings
            {
                BatchSize = TrainerOptions.Value(arguments, BatchSize),
                GroupByAspectRatio = true,
                Seed = seed,
            }
        );

    public override IImageDetector Open(ParseResult arguments, Device device, WeightsSource checkpoint)
    {
        _ = SafetensorsFile.Open(checkpoint.Path);
        return Detector = new KnowingDetector(TruthFile is null ? null : AnnotationReader.Read(TruthFile), Shift)
        {
            Preparation = Preparation,
            Seen = Seen,
        };
    }

    public override string? PrepareDefaultData(IProgress<double> progress, CancellationToken cancellation)
    {
        progress?.Report(1);
        return DefaultData;
    }
}
